namespace Breakwater.Server.Work;

/// <summary>Log messages of background work. Event ids 1200 to 1299, never reused.</summary>
internal static partial class WorkLog
{
    [LoggerMessage(1200, LogLevel.Information, "Clean-up removed {Blobs} unreferenced blobs, {Uploads} forgotten uploads and {Files} files.")]
    public static partial void CleanedUp(ILogger logger, int blobs, int uploads, int files);

    [LoggerMessage(1201, LogLevel.Error, "Clean-up failed and will be tried again.")]
    public static partial void CleanUpFailed(ILogger logger, Exception exception);

    [LoggerMessage(1202, LogLevel.Warning, "The clock has jumped. Clean-up pauses until {Lease} have really passed: leases must not end early.")]
    public static partial void ClockJumped(ILogger logger, TimeSpan lease);

    [LoggerMessage(1203, LogLevel.Information, "The sweep removed {Files} files that no row meant.")]
    public static partial void Swept(ILogger logger, int files);

    [LoggerMessage(1205, LogLevel.Information, "The keys of deleted registry {Registry} are destroyed; its content can no longer be read.")]
    public static partial void RegistryErased(ILogger logger, Guid registry);

    [LoggerMessage(1207, LogLevel.Information, "Retention removed {Manifests} manifests that nothing had named for the days of their registry's policy.")]
    public static partial void UntaggedRemoved(ILogger logger, int manifests);

    [LoggerMessage(1216, LogLevel.Information, "{Items} deleted manifests and tags have left recycle bins for good: they had been there for the days of their registry's policy.")]
    public static partial void BinsEmptied(ILogger logger, int items);

    [LoggerMessage(1204, LogLevel.Error, "The signing keys could not be maintained; it will be tried again.")]
    public static partial void SigningKeysFailed(ILogger logger, Exception exception);

    [LoggerMessage(1208, LogLevel.Error, "Webhook events could not be read or written down; it will be tried again.")]
    public static partial void EventsFailed(ILogger logger, Exception exception);

    [LoggerMessage(1206, LogLevel.Warning, "The receiver of webhook {Webhook} has not taken {Count} events for so long that they are no longer sent. They are kept for some time and can be redelivered.")]
    public static partial void EventsGivenUp(ILogger logger, string webhook, int count);

    [LoggerMessage(1212, LogLevel.Error, "Counted pulls could not be written; they wait for the next time.")]
    public static partial void PullsNotWritten(ILogger logger, Exception exception);

    [LoggerMessage(1210, LogLevel.Error, "Import {Operation} failed.")]
    public static partial void ImportFailed(ILogger logger, Exception exception, string operation);
}
