namespace Breakwater.Core.Audit;

/// <summary>How long the audit log is kept. Nothing is taken away unless somebody says so: a command must not do it with the default of a server.</summary>
public sealed record AuditOptions
{
    /// <summary>Older records are taken away. Default null: none.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>
    /// Most records; the oldest go first. Default null: no limit. Pulls have a record each, about 180 to 400 bytes, and a log must not fill the volume
    /// that it stands on.
    /// </summary>
    public long? MaxRecords { get; init; }
}
