namespace Breakwater.Core.Registries;

/// <summary>By which key a registry's root keys are to be wrapped.</summary>
/// <param name="KeyIdentifier">Null: the service's own. The one that it has: its newest version, where the identifier names none.</param>
/// <param name="Client">As <see cref="RegistryEncryption.Client"/>; null leaves what there is, an empty one takes it away.</param>
public sealed record EncryptionChange(string? KeyIdentifier, string? Client = null);
