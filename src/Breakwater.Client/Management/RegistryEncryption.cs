using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>The customer's key that a registry is under. https://learn.microsoft.com/rest/api/containerregistry/registries/get#encryptionproperty</summary>
public sealed record RegistryEncryption : OpenRecord
{
    /// <summary>enabled or disabled.</summary>
    public string? Status { get; init; }

    public RegistryKey? KeyVaultProperties { get; init; }
}
