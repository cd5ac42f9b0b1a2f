namespace Breakwater.Server.Management;

/// <summary>What a scope map is made of.</summary>
internal sealed record ScopeMapBody(ScopeMapBody.Members? Properties)
{
    internal sealed record Members(string? Description, string[]? Actions);
}
