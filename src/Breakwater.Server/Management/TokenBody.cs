namespace Breakwater.Server.Management;

/// <summary>What a repository-scoped token is made of.</summary>
internal sealed record TokenBody(TokenBody.Members? Properties)
{
    /// <param name="Status">enabled or disabled.</param>
    /// <param name="Credentials">In a change: the passwords to keep, as az sends them to remove others. Null: all.</param>
    internal sealed record Members(string? ScopeMapId, string? Status, CredentialList? Credentials);

    internal sealed record CredentialList(IReadOnlyList<PasswordName?>? Passwords);

    internal sealed record PasswordName(string? Name);
}
