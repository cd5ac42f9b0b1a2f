namespace Breakwater.Server.Audit;

/// <summary>Log messages about and of the audit log. Event ids 1300 to 1399, never reused.</summary>
internal static partial class AuditLogEvents
{
    /// <summary>The logger of the records themselves, for OTLP. The console has none of them.</summary>
    public const string Category = "Breakwater.Audit";

    /// <summary>A record, exported; made by <see cref="AuditExport"/>, since its columns are too many for a message.</summary>
    public static readonly EventId Record = new(1300, "AuditRecord");

    [LoggerMessage(1301, LogLevel.Error, "Audit log: {Problem}")]
    public static partial void Problem(ILogger logger, string problem);
}
