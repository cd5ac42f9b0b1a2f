using System.Collections.Immutable;

namespace Breakwater.Core.Access;

/// <summary>
/// A principal that has proved who it is, with all that a decision needs. Only Core makes it: from a password
/// (<see cref="Identity.PasswordSignIn"/>) or a token (<see cref="Tokens.RegistryTokens"/>).
/// </summary>
public sealed class Caller
{
    internal Caller(Principal principal, ImmutableArray<RoleAssignment> assignments, TokenLimit? limit = null)
    {
        Principal = principal;
        Assignments = assignments;
        Limit = limit;
    }

    public Principal Principal { get; }

    public ImmutableArray<RoleAssignment> Assignments { get; }

    /// <summary>Null when it came with its password.</summary>
    public TokenLimit? Limit { get; }
}
