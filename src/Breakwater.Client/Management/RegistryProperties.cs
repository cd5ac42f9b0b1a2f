using System.Text.Json;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/registries/get. For changes, null leaves a member as it is.</summary>
public sealed record RegistryProperties : OpenRecord
{
    /// <summary>Host and port, as they stand before a repository.</summary>
    public string? LoginServer { get; init; }

    public string? ProvisioningState { get; init; }

    public bool? AdminUserEnabled { get; init; }

    public bool? AnonymousPullEnabled { get; init; }

    /// <summary>What is open to everybody while <see cref="AnonymousPullEnabled"/> is false.</summary>
    public IReadOnlyList<string>? AnonymousPullRepositories { get; init; }

    /// <summary>LegacyRegistryPermissions or AbacRepositoryPermissions.</summary>
    public string? RoleAssignmentMode { get; init; }

    public JsonElement? Policies { get; init; }

    public bool? DataEndpointEnabled { get; init; }

    public NetworkRuleSet? NetworkRuleSet { get; init; }

    /// <summary>Enabled or Disabled.</summary>
    public string? PublicNetworkAccess { get; init; }

    /// <summary>AzureServices or None.</summary>
    public string? NetworkRuleBypassOptions { get; init; }

    public RegistryEncryption? Encryption { get; init; }
}
