using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>
/// Remembers for a minute which credentials were right, so that clients that send them with every request pay for one hashing. Knows them
/// by the <see cref="Fingerprint"/> of <c>name:password</c>; no name holds a colon.
/// </summary>
internal sealed class RecentLogins(PrincipalDirectory directory, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const int Capacity = 10_000;

    private readonly RecentMap<UInt128, Login> _logins = new(Capacity);

    /// <summary>Null when the credentials are not remembered, or their user has changed since.</summary>
    public Caller? Find(UInt128 key)
    {
        if (!_logins.TryGet(key, out var login))
            return null;
        if (clock.GetElapsedTime(login.Since) > Lifetime || directory.Find(login.UserId) is not { } entry || entry.Principal.Version != login.Version)
        {
            _logins.Remove(key);
            return null;
        }
        return entry.AsCaller;
    }

    public void Add(UInt128 key, Principal principal) => _logins.Set(key, new Login(principal.Id, principal.Version, clock.GetTimestamp()));

    private sealed record Login(Guid UserId, int Version, long Since);
}
