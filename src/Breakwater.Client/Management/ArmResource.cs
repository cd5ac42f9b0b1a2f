using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What every resource of ARM has.</summary>
public sealed record ArmResource<T> : OpenRecord
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Type { get; init; }

    public string? Location { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public RegistrySku? Sku { get; init; }

    public T? Properties { get; init; }
}
