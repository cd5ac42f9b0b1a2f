using System.Collections.Immutable;
using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>A principal with what it proves itself by and what it may do; an immutable snapshot.</summary>
public sealed class DirectoryEntry
{
    internal DirectoryEntry(Principal principal, string? passwordHash, ImmutableArray<PrincipalSecret> secrets, PrincipalRights rights)
    {
        Principal = principal;
        PasswordHash = passwordHash;
        Secrets = secrets;
        Rights = rights;
        AsCaller = new Caller(principal, rights);
    }

    public Principal Principal { get; }

    public PrincipalRights Rights { get; }

    /// <summary>Of a user; null for other principals.</summary>
    internal string? PasswordHash { get; }

    /// <summary>Of a service principal; empty for a user.</summary>
    internal ImmutableArray<PrincipalSecret> Secrets { get; }

    /// <summary>The caller that it is after giving its password; made once, as it is needed on every request.</summary>
    internal Caller AsCaller { get; }
}
