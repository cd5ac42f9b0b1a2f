using Breakwater.Core.Audit;

namespace Breakwater.Server.Audit;

/// <summary>
/// Gives every record that became durable to the log of OTLP. The collector's copy is what an intruder on this machine cannot take back; it is
/// sent once and not confirmed, so the chain here stays the record.
/// </summary>
/// <remarks>No <c>[LoggerMessage]</c>: a method with thirty parameters would repeat the table of columns.</remarks>
internal sealed class AuditExport(AuditLog log, AuditColumnNames names, ILoggerFactory loggers)
{
    private readonly ILogger _records = loggers.CreateLogger(AuditLogEvents.Category);
    private readonly ILogger _own = loggers.CreateLogger<AuditLog>();

    /// <summary>From here on.</summary>
    public void Start()
    {
        log.Problem = problem => AuditLogEvents.Problem(_own, problem);
        if (_records.IsEnabled(LogLevel.Information))
            log.Written = Send;
    }

    private void Send(IReadOnlyList<ChainedRecord> written)
    {
        foreach (var record in written)
        {
            var columns = names.Of(record);
            _records.Log(LogLevel.Information, AuditLogEvents.Record, columns, exception: null, static (_, _) => "Audit record");
        }
    }
}
