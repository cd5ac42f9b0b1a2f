using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What one request removed from the recycle bin, or what a dry run has counted.</summary>
public sealed record BinPurgePage : OpenRecord
{
    public long ManifestCount { get; init; }

    /// <summary>Those whose manifest is not among the manifests.</summary>
    public long TagCount { get; init; }

    /// <summary>Null for a dry run.</summary>
    public long? FreedBytes { get; init; }

    /// <summary>What was deleted later stays.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>False: there is more.</summary>
    public bool IsComplete { get; init; }
}
