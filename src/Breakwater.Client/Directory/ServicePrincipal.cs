using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>An application and its service principal, which are one object here. https://learn.microsoft.com/graph/api/resources/serviceprincipal</summary>
public sealed record ServicePrincipal : OpenRecord
{
    public string Id { get; init; } = "";

    /// <summary>What it signs in with.</summary>
    public string? AppId { get; init; }

    public string? DisplayName { get; init; }

    public bool? AccountEnabled { get; init; }

    /// <summary>Null in lists.</summary>
    public IReadOnlyList<SecretEntry>? PasswordCredentials { get; init; }
}
