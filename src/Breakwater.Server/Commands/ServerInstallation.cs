using Breakwater.Core.Blobs;
using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Core.Network;
using Breakwater.Core.Rotation;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Commands;

/// <summary>From the server's settings to Core's.</summary>
internal static class ServerInstallation
{
    public static DataDirectory Directory(ServerSettings settings) => new(settings.Data, settings.KeyFile);

    /// <exception cref="InvalidDataException">The key stores cannot be read.</exception>
    public static InstallationOptions Options(ServerSettings settings, KeyStoreTypes types, Action<string>? onFatal) => new()
    {
        ExpectedId = settings.Installation,
        MinFreeBytes = settings.MinFreeSpaceBytes,
        CacheBytes = settings.ContentCacheBytes,
        CleanUp = new CleanUpOptions { Lease = settings.GcLease, FileDelay = settings.GcFileDelay },
        Rotation = RotationOf(settings),
        KeyStores = KeyStoreFile.Read(settings.KeyStores, types, new EgressGuard(settings.KeyAllow), TimeProvider.System),
        OnFatal = onFatal,
    };

    /// <summary>Who has looked up the old place of a blob finds its file for as long as files are kept, and needs its key no longer than that.</summary>
    public static RotationOptions RotationOf(ServerSettings settings)
    {
        var usual = new RotationOptions { BytesPerSecond = settings.ReencryptRate };
        return settings.GcFileDelay < usual.Settling ? usual with { Settling = settings.GcFileDelay } : usual;
    }
}
