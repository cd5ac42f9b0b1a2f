using Breakwater.Server.Audit;
using Breakwater.Server.Configuration;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;

namespace Breakwater.Server.Hosting;

/// <summary>The log: lines on the console, in UTC, with the correlation id of the request they belong to.</summary>
internal static class ConsoleLogging
{
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    public static void AddConsoleLog(this ILoggingBuilder logging, ServerSettings settings)
    {
        logging.SetMinimumLevel(settings.LogLevel);
        // At trace it writes whole tokens.
        logging.AddFilter("OpenIddict", settings.LogLevel > LogLevel.Debug ? settings.LogLevel : LogLevel.Debug);
        if (settings.LogLevel > LogLevel.Trace)
        {
            logging.AddFilter("Microsoft", settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning);
            logging.AddFilter("OpenIddict", settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning);
            logging.AddFilter("System", settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning);
        }
        // Even when it writes nothing, this category makes the host open an activity and a scope for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Audit records go to OTLP; on the console every pull would be a line. And nothing but them goes there.
        logging.AddFilter<ConsoleLoggerProvider>(AuditLogEvents.Category, LogLevel.None);
        logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None);
        logging.AddFilter<OpenTelemetryLoggerProvider>(AuditLogEvents.Category, LogLevel.Information);
        if (settings.LogFormat == LogFormat.Json)
            logging.AddJsonConsole(options => (options.IncludeScopes, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, Timestamp.TrimEnd()));
        else
            logging.AddSimpleConsole(options => (options.IncludeScopes, options.UseUtcTimestamp, options.TimestampFormat, options.SingleLine) = (true, true, Timestamp, true));
        // A console that nobody reads must not stop requests.
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
    }
}
