using System.Net;

namespace Breakwater.Server.Hosting;

/// <summary>Log messages of the hosting side. Event ids 1000 to 1099, never reused.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1000, LogLevel.Warning, "All {Most} connections are in use; {Shed} were turned away since the start. Raise --max-connections or the descriptor limit if this is no attack.")]
    public static partial void ConnectionsShed(this ILogger logger, int most, long shed);

    [LoggerMessage(1001, LogLevel.Error, "No connection can be accepted for now: {Problem}. Trying again.")]
    public static partial void AcceptFailed(this ILogger logger, string problem);

    [LoggerMessage(1002, LogLevel.Information, "The server certificate {Subject} is in use, valid until {Until:u}.")]
    public static partial void CertificateLoaded(this ILogger logger, string subject, DateTimeOffset until);

    [LoggerMessage(1003, LogLevel.Error, "The changed certificate is not used, the last good one stays: {Problem}")]
    public static partial void CertificateRefused(this ILogger logger, string problem);

    [LoggerMessage(1004, LogLevel.Warning, "The server certificate ends in {Days} days, at {Until:u}. Replace the files of --tls-cert and --tls-key; no restart is needed.")]
    public static partial void CertificateEndsSoon(this ILogger logger, int days, DateTimeOffset until);

    [LoggerMessage(1005, LogLevel.Error, "The local CA cannot renew the server certificate: {Problem}")]
    public static partial void CertificateNotRenewed(this ILogger logger, string problem);

    [LoggerMessage(1006, LogLevel.Information, "Stopping: no new connections, running requests have {Grace} to end.")]
    public static partial void Draining(this ILogger logger, TimeSpan grace);

    [LoggerMessage(1007, LogLevel.Information, "Stopped.")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(1008, LogLevel.Warning, "Not ready: {Check}: {Reason}")]
    public static partial void NotReady(this ILogger logger, string check, string reason);

    [LoggerMessage(1009, LogLevel.Information, "Ready again: {Check}")]
    public static partial void ReadyAgain(this ILogger logger, string check);

    [LoggerMessage(1010, LogLevel.Debug, "{Method} {Target} {Status} in {Milliseconds} ms, from {Client}, socket {Socket}")]
    public static partial void RequestDone(this ILogger logger, string method, string target, int status, double milliseconds, IPAddress? client, IPAddress? socket);

    [LoggerMessage(1011, LogLevel.Information, "The revocation list of {Issuer} in {File} is in use: {Revoked} revoked, the next one is due by {Until:u}.")]
    public static partial void RevocationsLoaded(this ILogger logger, string issuer, string file, int revoked, DateTimeOffset until);

    [LoggerMessage(1012, LogLevel.Error, "The changed {File} is not used, the last good revocation lists stay: {Problem}")]
    public static partial void RevocationsRefused(this ILogger logger, string file, string problem);

    [LoggerMessage(1013, LogLevel.Error, "The revocation list of {Issuer} ended at {Until:u}: every client certificate of that authority is refused. Replace {File} by a newer list; no restart is needed.")]
    public static partial void RevocationsEnded(this ILogger logger, string issuer, DateTimeOffset until, string file);

    [LoggerMessage(1014, LogLevel.Information, "The client certificate {Subject} was refused by the listener {Listener}: {Problem}.")]
    public static partial void ClientCertificateRefused(this ILogger logger, string subject, string listener, string problem);
}
