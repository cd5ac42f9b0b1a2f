namespace Breakwater.Server.Management;

/// <summary>What a repository-scoped token is made of.</summary>
internal sealed record TokenBody(TokenBody.Members? Properties)
{
    /// <param name="Status">enabled or disabled.</param>
    internal sealed record Members(string? ScopeMapId, string? Status);
}
