namespace Breakwater.Core.Audit;

/// <summary>How long the audit log is kept.</summary>
public sealed record AuditOptions
{
    /// <summary>Older records are taken away. Default 90 days, what Azure Monitor suggests for interactive use.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Most records; the oldest go first. Default 10 million, about 4 GB: pulls have a record each, and a log must not fill the volume that
    /// it stands on.
    /// </summary>
    public long MaxRecords { get; init; } = 10_000_000;
}
