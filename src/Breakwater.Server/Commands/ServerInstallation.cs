using Breakwater.Core.Blobs;
using Breakwater.Core.Installation;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Commands;

/// <summary>From the server's settings to Core's.</summary>
internal static class ServerInstallation
{
    public static DataDirectory Directory(ServerSettings settings) => new(settings.Data, settings.KeyFile);

    public static InstallationOptions Options(ServerSettings settings, Action<string>? onFatal) => new()
    {
        ExpectedId = settings.Installation,
        MinFreeBytes = settings.MinFreeSpaceBytes,
        CacheBytes = settings.ContentCacheBytes,
        CleanUp = new CleanUpOptions { Lease = settings.GcLease, FileDelay = settings.GcFileDelay },
        OnFatal = onFatal,
    };
}
