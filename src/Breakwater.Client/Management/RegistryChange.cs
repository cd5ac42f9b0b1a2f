namespace Breakwater.Client.Management;

/// <summary>What is sent to make or change a registry. Null leaves a member out.</summary>
public sealed record RegistryChange
{
    public string? Location { get; init; }

    public RegistrySku? Sku { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public RegistryProperties? Properties { get; init; }
}
