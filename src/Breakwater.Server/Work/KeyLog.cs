namespace Breakwater.Server.Work;

/// <summary>Log messages about customers' keys. Event ids 1700 to 1719, never reused.</summary>
internal static partial class KeyLog
{
    [LoggerMessage(1700, LogLevel.Error, "The key of registry {Registry} may not be used: its content is closed until its key store says otherwise. Nothing is lost.")]
    public static partial void Closed(ILogger logger, Exception exception, string registry);

    [LoggerMessage(1701, LogLevel.Information, "The key of registry {Registry} may be used again.")]
    public static partial void Reopened(ILogger logger, string registry);

    [LoggerMessage(1702, LogLevel.Information, "The root keys of registry {Registry} are now wrapped by {Key}.")]
    public static partial void Followed(ILogger logger, string registry, string key);

    [LoggerMessage(1703, LogLevel.Warning, "The key of registry {Registry} could not be followed to its newest version; it will be tried again.")]
    public static partial void FollowFailed(ILogger logger, Exception exception, string registry);

    [LoggerMessage(1704, LogLevel.Error, "Keys could not be looked after; it will be tried again.")]
    public static partial void WatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(1705, LogLevel.Information, "Registry {Registry} is wholly under its root key of epoch {Epoch}; the older ones are destroyed.")]
    public static partial void RootKeyDestroyed(ILogger logger, string registry, int epoch);

    [LoggerMessage(1706, LogLevel.Error, "The content of registry {Registry} could not be encrypted anew; it will be tried again.")]
    public static partial void RotationFailed(ILogger logger, Exception exception, string registry);

    [LoggerMessage(1707, LogLevel.Error, "Rotations of root keys could not be taken further; it will be tried again.")]
    public static partial void RotationsFailed(ILogger logger, Exception exception);

    [LoggerMessage(1710, LogLevel.Warning, "Key stores have not answered within {Limit}: {Count} registries stay closed until they do. Everything else is served.")]
    public static partial void NotAsked(ILogger logger, int count, TimeSpan limit);
}
