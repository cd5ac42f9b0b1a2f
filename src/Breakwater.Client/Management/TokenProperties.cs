using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/tokens</summary>
public sealed record TokenProperties : OpenRecord
{
    /// <summary>The resource id of its scope map.</summary>
    public string? ScopeMapId { get; init; }

    /// <summary>enabled or disabled.</summary>
    public string? Status { get; init; }

    /// <summary>In a change, the passwords to keep.</summary>
    public TokenCredentials? Credentials { get; init; }
}
