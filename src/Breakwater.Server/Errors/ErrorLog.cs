using System.Net;

namespace Breakwater.Server.Errors;

/// <summary>Event ids 1100 to 1109.</summary>
internal static partial class ErrorLog
{
    [LoggerMessage(1100, LogLevel.Error, "{Method} {Path} failed (correlation id {CorrelationId})")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string path, string correlationId);

    [LoggerMessage(1101, LogLevel.Warning, "{Method} {Path} was answered {Status} {Code} (correlation id {CorrelationId})")]
    public static partial void ServiceRefused(ILogger logger, Exception exception, string method, string path, int status, string code, string correlationId);

    [LoggerMessage(1102, LogLevel.Error, "{Method} {Path} failed after its answer had begun; the connection was cut (correlation id {CorrelationId})")]
    public static partial void AnswerCut(ILogger logger, Exception exception, string method, string path, string correlationId);

    [LoggerMessage(1103, LogLevel.Critical, "Stored content is damaged: {Problem} It was not given out. Push the image again: the new copy takes its place. Then run 'verify --deep' (correlation id {CorrelationId})")]
    public static partial void ContentDamaged(ILogger logger, string problem, string correlationId);

    [LoggerMessage(1104, LogLevel.Information, "{Method} {Path} was cut: the registry's network lets {Client} in no longer (correlation id {CorrelationId})")]
    public static partial void TransferEnded(ILogger logger, string method, string path, IPAddress? client, string correlationId);
}
