using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/registries/get#keyvaultproperties. In changes only the first two are written.</summary>
public sealed record RegistryKey : OpenRecord
{
    /// <summary>Without a version the registry follows the newest.</summary>
    public string? KeyIdentifier { get; init; }

    /// <summary>A client id, which is kept and shown.</summary>
    public string? Identity { get; init; }
}
