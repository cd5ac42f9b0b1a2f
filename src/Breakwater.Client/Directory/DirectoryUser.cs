using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>https://learn.microsoft.com/graph/api/resources/user</summary>
public sealed record DirectoryUser : OpenRecord
{
    public string Id { get; init; } = "";

    /// <summary>The name to sign in with.</summary>
    public string? UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    public bool? AccountEnabled { get; init; }
}
