using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>How much of something a registry has, and may have.</summary>
public sealed record UsageEntry : OpenRecord
{
    public string Name { get; init; } = "";

    public long CurrentValue { get; init; }

    /// <summary>Null or negative: none.</summary>
    public long? Limit { get; init; }

    /// <summary>Bytes or Count.</summary>
    public string? Unit { get; init; }
}
