using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>A password of a token or of the admin user.</summary>
public sealed record RegistryPassword : OpenRecord
{
    public string? Name { get; init; }

    /// <summary>Null where it is only listed.</summary>
    public string? Value { get; init; }

    public DateTimeOffset? CreationTime { get; init; }

    public DateTimeOffset? Expiry { get; init; }
}
