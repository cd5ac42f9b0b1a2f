namespace Breakwater.Core.Access;

/// <summary>
/// A principal that has proved who it is, with all that a decision needs. Only Core makes it: from a password
/// (<see cref="Identity.PasswordSignIn"/>) or a token (<see cref="Tokens.RegistryTokens"/>).
/// </summary>
public sealed class Caller
{
    internal Caller(Principal principal, PrincipalRights rights, TokenLimit? limit = null, bool isForContent = false, Guid? sessionId = null)
    {
        Principal = principal;
        Rights = rights;
        Limit = limit;
        IsForContent = isForContent;
        SessionId = sessionId;
    }

    public Principal Principal { get; }

    public PrincipalRights Rights { get; }

    /// <summary>The scopes of the access token that it came with; null when it came with anything else.</summary>
    public TokenLimit? Limit { get; }

    /// <summary>It came with a token of a registry, which manages nothing.</summary>
    public bool IsForContent { get; }

    /// <summary>The session of the issuer that a registry's token ends with, and what is bought with it; null: none.</summary>
    internal Guid? SessionId { get; }
}
