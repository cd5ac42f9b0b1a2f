using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What one request of a purge removed, or would have.</summary>
public sealed record PurgePage : OpenRecord
{
    public bool DryRun { get; init; }

    public IReadOnlyList<PurgedItem> Removed { get; init; } = [];

    /// <summary>What was meant and stays.</summary>
    public IReadOnlyList<PurgedItem> Kept { get; init; } = [];

    /// <summary>The moment that its times are counted back from.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Since when the registry's pulls are counted, if the purge goes by them.</summary>
    public DateTimeOffset? PullsCountedSince { get; init; }

    /// <summary>For the next request; null at the end.</summary>
    public string? Continuation { get; init; }
}
