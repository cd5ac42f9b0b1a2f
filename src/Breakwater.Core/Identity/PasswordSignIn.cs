using System.Collections.Concurrent;
using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Identity;

/// <summary>
/// Turns a name and a password into a <see cref="Caller"/>. An unknown name gets the same answer as a wrong password, after the same
/// work: a name that looks like an application id is compared with secrets, known or not, and every other one is hashed, also when it is
/// that of an admin user or a token and the password was not right.
/// </summary>
public sealed class PasswordSignIn(
    PrincipalDirectory directory,
    UserAccounts users,
    ServicePrincipals services,
    PasswordHasher hasher,
    HashingQueue queue,
    LoginThrottle throttle,
    TimeProvider clock)
{
    private static readonly TimeSpan QueueRetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UseIsNotedAfter = TimeSpan.FromHours(1);

    private readonly RecentLogins _recent = new(directory, clock);
    private readonly ConcurrentDictionary<(UInt128 Key, Guid Registry, IPAddress Source), Lazy<Task<SignInResult>>> _running = new();

    /// <summary>The fast path: the caller if these credentials were right within the last minute. About a microsecond.</summary>
    /// <param name="credentials"><c>name:password</c> in UTF-8, as Basic carries them (RFC 7617).</param>
    public Caller? FindRecent(ReadOnlySpan<byte> credentials, Registry registry) => FindRecent(Fingerprint.Of(credentials), registry.Id);

    /// <summary>Whoever does not sign in; null where that opens nothing.</summary>
    public Caller? FindAnonymous(Registry registry) => registry.IsOpenSomewhere ? directory.Find(Anonymous.Id)?.AsCaller : null;

    /// <param name="registry">Whose admin user and tokens may sign in too; null: only who is in the directory.</param>
    /// <param name="source">Where the attempt comes from, after trusted proxies were resolved.</param>
    public async Task<SignInResult> SignInAsync(Registry? registry, string name, Secret password, IPAddress source, CancellationToken cancellationToken)
    {
        var key = Fingerprint.Of($"{name}:{password.Reveal()}");
        var where = registry?.Id ?? Guid.Empty;
        if (FindRecent(key, where) is { } caller)
            return new SignInResult(SignInOutcome.Accepted, caller);

        // Clients open many connections at once with the same credentials: one hashing, and one attempt, for all of them.
        var attempt = (key, where, source);
        var running = _running.GetOrAdd(attempt, _ => new(() => Task.Run(() => AttemptAsync(attempt, name, password), CancellationToken.None)));
        return await running.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Whether the password is the user's; outside of any throttle, for the program itself.</summary>
    public async Task<bool> IsPasswordAsync(DirectoryEntry entry, Secret password) =>
        await Task.Run(() => hasher.Verify(entry.PasswordHash ?? hasher.Decoy, password)) != PasswordVerdict.Wrong;

    private Caller? FindRecent(UInt128 key, Guid registry) => _recent.Find(key) is { } caller && caller.Principal.IsKnownIn(registry) ? caller : null;

    private async Task<SignInResult> AttemptAsync((UInt128 Key, Guid Registry, IPAddress Source) of, string name, Secret password)
    {
        try
        {
            if (throttle.TryBegin(name, of.Source, out var retryAfter) is not { } attempt)
                return new SignInResult(SignInOutcome.TooMany, RetryAfter: retryAfter);
            var result = await JudgeAsync(of.Registry, name, password);
            if (result.Outcome != SignInOutcome.Refused)
                throttle.GiveBack(attempt);
            if (result.Caller is { } caller)
                _recent.Add(of.Key, caller.Principal);
            return result;
        }
        finally
        {
            _running.TryRemove(of, out _);
        }
    }

    private async Task<SignInResult> JudgeAsync(Guid registry, string name, Secret password)
    {
        if (GeneratedPassword.IsMistyped(password.Reveal()))
            return new SignInResult(SignInOutcome.Refused);
        if (Guid.TryParseExact(name, "D", out var appId))
            return await CompareAsync(directory.Find(appId.ToString("D")), password);
        if (directory.Find(name, registry) is { Principal.Kind: not PrincipalKind.User } generated && await CompareAsync(generated, password) is { Caller: not null } right)
            return right;
        return await HashAsync(registry, name, password);
    }

    private async Task<SignInResult> HashAsync(Guid registry, string name, Secret password)
    {
        var entry = directory.Find(name, registry);
        if (queue.TryRun(() => hasher.Verify(entry?.PasswordHash ?? hasher.Decoy, password)) is not { } hashing)
            return new SignInResult(SignInOutcome.TooMany, RetryAfter: QueueRetryAfter);
        var verdict = await hashing;
        if (verdict == PasswordVerdict.Wrong || entry is null || !IsStill(entry))
            return new SignInResult(SignInOutcome.Refused);
        if (verdict == PasswordVerdict.RightButOutdated)
            await RehashAsync(entry, password);
        return new SignInResult(SignInOutcome.Accepted, entry.AsCaller);
    }

    private async Task<SignInResult> CompareAsync(DirectoryEntry? entry, Secret password)
    {
        var hash = PrincipalSecret.HashOf(password);
        var now = clock.GetUtcNow();
        if (entry?.Secrets.FirstOrDefault(secret => secret.Is(hash, now)) is not { } used || !IsStill(entry))
            return new SignInResult(SignInOutcome.Refused);
        if (entry.Principal.Kind == PrincipalKind.ServicePrincipal && (used.LastUsedAt is null || now - used.LastUsedAt > UseIsNotedAfter))
            await NoteUseAsync(used);
        return new SignInResult(SignInOutcome.Accepted, entry.AsCaller);
    }

    /// <summary>Not disabled, and the password was not changed while it was being hashed.</summary>
    private bool IsStill(DirectoryEntry entry) =>
        !entry.Principal.Disabled && directory.Find(entry.Principal.Id)?.Principal.Version == entry.Principal.Version;

    private async Task NoteUseAsync(PrincipalSecret secret)
    {
        try
        {
            await services.NoteUseAsync(secret);
        }
        catch (OciException)
        {
            // The database cannot be written now; whoever may sign in still may.
        }
    }

    private async Task RehashAsync(DirectoryEntry entry, Secret password)
    {
        try
        {
            if (queue.TryRun(() => hasher.Hash(password)) is { } hashing)
                await users.RehashAsync(entry, await hashing);
        }
        catch (OciException)
        {
            // The database cannot be written now. The old hash still works, and the next login tries again.
        }
    }
}
