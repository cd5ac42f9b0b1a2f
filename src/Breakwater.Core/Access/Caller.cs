namespace Breakwater.Core.Access;

/// <summary>
/// A principal that has proved who it is, with all that a decision needs. Only Core makes it: from a password
/// (<see cref="Identity.PasswordSignIn"/>) or a token (<see cref="Tokens.RegistryTokens"/>).
/// </summary>
public sealed class Caller
{
    internal Caller(Principal principal, PrincipalRights rights, TokenLimit? limit = null)
    {
        Principal = principal;
        Rights = rights;
        Limit = limit;
    }

    public Principal Principal { get; }

    public PrincipalRights Rights { get; }

    /// <summary>Null when it came with its password.</summary>
    public TokenLimit? Limit { get; }
}
