namespace Breakwater.Core.Registries;

/// <summary>The key of a customer's that a registry's root keys are wrapped by. A registry that has none is under the service's own key.</summary>
/// <param name="KeyIdentifier">What its owner asked for, in the key store's own form; without a version it follows the newest.</param>
/// <param name="VersionedIdentifier">The version that wraps now.</param>
/// <param name="Client">The client id of one of the registry's identities, as its owner gave it with the key; nothing acts under it: credentials for key stores are the operator's.</param>
/// <param name="RotatedAt">When the wrapping was last changed.</param>
public sealed record RegistryEncryption(string KeyIdentifier, string VersionedIdentifier, string? Client, DateTimeOffset RotatedAt)
{
    /// <summary>Whether it follows new versions of its key.</summary>
    public bool FollowsVersions => KeyIdentifier != VersionedIdentifier;
}
