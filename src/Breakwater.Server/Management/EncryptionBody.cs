using System.Text.Json;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary><c>properties.encryption</c> of a registry: the customer's key that it is under. Unlike ACR's it can be switched on, moved and switched off at any time.</summary>
/// <param name="Status">enabled or disabled.</param>
internal sealed record EncryptionBody(string? Status, EncryptionBody.KeyBody? KeyVaultProperties)
{
    private const string Enabled = "enabled", Disabled = "disabled";

    /// <param name="KeyIdentifier">Without a version the registry follows the newest.</param>
    /// <param name="Identity">The client id of one of the registry's identities.</param>
    /// <param name="VersionedKeyIdentifier">Read only, as the two that follow.</param>
    internal sealed record KeyBody(string? KeyIdentifier, string? Identity, JsonElement? VersionedKeyIdentifier, JsonElement? KeyRotationEnabled, JsonElement? LastKeyRotationTimestamp);

    public static object Of(RegistryEncryption? encryption) => encryption is null ? new { status = Disabled } : new
    {
        status = Enabled,
        keyVaultProperties = new
        {
            keyIdentifier = encryption.KeyIdentifier,
            versionedKeyIdentifier = encryption.VersionedIdentifier,
            identity = encryption.Client,
            keyRotationEnabled = encryption.FollowsVersions,
            lastKeyRotationTimestamp = encryption.RotatedAt,
        },
    };

    /// <returns>Null when it says nothing.</returns>
    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public EncryptionChange? ToChange()
    {
        if (Is(Disabled))
            return new EncryptionChange(null);
        if (Status is not null && !Is(Enabled))
            throw new OciException(ManagementErrors.InvalidRequest, "properties.encryption.status must be enabled or disabled.");
        if (KeyVaultProperties?.KeyIdentifier is { Length: > 0 } key)
            return new EncryptionChange(key, KeyVaultProperties.Identity);
        return Status is null && KeyVaultProperties is null
            ? null
            : throw new OciException(ManagementErrors.InvalidRequest, "properties.encryption.keyVaultProperties.keyIdentifier must name the key that the registry is to be under.");
    }

    private bool Is(string status) => status.Equals(Status, StringComparison.OrdinalIgnoreCase);
}
