namespace Breakwater.Server.Management;

/// <summary>What a repository-scoped token is made of.</summary>
internal sealed record TokenBody(TokenBody.Members? Properties)
{
    /// <param name="Status">enabled or disabled.</param>
    /// <param name="Credentials">In a change: the passwords to keep, as az sends them to remove others. Null: all.</param>
    internal sealed record Members(string? ScopeMapId, string? Status, CredentialList? Credentials);

    /// <param name="Certificates">Taken as it is shown, and not looked at: tokens have none here.</param>
    internal sealed record CredentialList(IReadOnlyList<KeptPassword?>? Passwords, IReadOnlyList<object>? Certificates);

    /// <summary>As it was shown; only the name counts.</summary>
    internal sealed record KeptPassword(string? Name, DateTimeOffset? CreationTime, DateTimeOffset? Expiry);
}
