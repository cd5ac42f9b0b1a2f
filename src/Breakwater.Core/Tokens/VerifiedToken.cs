using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Tokens;

/// <summary>A token whose signature and lifetime were verified. Whether it still counts is asked anew on every request.</summary>
/// <param name="Until">Until when it needs no new verification, on the clock of <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed record VerifiedToken(TokenClaims Claims, long Until)
{
    private volatile Resolved? _resolved;

    /// <summary>Null when the token is for another host or registry, its user or registry has changed since it was issued, or its session has ended.</summary>
    public Caller? ToCaller(PrincipalDirectory directory, SignInSessions sessions, Registry registry, string audience)
    {
        if (Claims.RegistryId != registry.Id
            || Claims.RegistryVersion != registry.SecurityVersion
            || !Claims.Audience.Equals(audience, StringComparison.OrdinalIgnoreCase)
            || directory.Find(Claims.PrincipalId) is not { } entry
            || entry.Principal.Version != Claims.PrincipalVersion
            || entry.Principal.Disabled
            || (Claims.SessionId is { } session && !sessions.IsLive(session)))
        {
            return null;
        }
        var resolved = _resolved;
        if (resolved is null || !ReferenceEquals(resolved.Entry, entry))
            _resolved = resolved = new Resolved(entry, new Caller(entry.Principal, entry.Rights, Claims.Limit, isForContent: true, Claims.SessionId));
        return resolved.Caller;
    }

    private sealed record Resolved(DirectoryEntry Entry, Caller Caller);
}
