namespace Breakwater.Core.Imports;

/// <summary>How much imports may take. The defaults are ours; ACR takes 50 manifests.</summary>
public sealed record ImportLimits
{
    /// <summary>Imports that run at once, of all registries. Default 8.</summary>
    public int Running { get; init; } = 8;

    /// <summary>The same of one registry. Default 4.</summary>
    public int RunningPerRegistry { get; init; } = 4;

    /// <summary>Manifests of one import: indexes, images, referrers. Default 500.</summary>
    public int Manifests { get; init; } = 500;

    /// <summary>Bytes of them together: they are in memory while the import runs. Default 64 MiB.</summary>
    public long ManifestBytes { get; init; } = 64L << 20;

    /// <summary>Indexes in indexes, referrers of referrers. Default 8.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>How long one import may take. Default 4 hours.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a source may be silent in the middle of a blob. Default 60 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often in a row one request or blob is tried again without a byte of progress. Default 4.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Before the first retry; each further one waits twice as long. Default 500 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the outcome of an import can be asked for. Default 1 hour.</summary>
    public TimeSpan KeepOutcome { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Outcomes that are kept; the oldest go first. Default 1,000.</summary>
    public int Outcomes { get; init; } = 1000;
}
