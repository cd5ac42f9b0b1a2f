using Breakwater.Core.Identity;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Tiers;

/// <summary>The pacers of registries whose tier shapes bandwidth. Where it does not, nothing is made and nothing waits.</summary>
public sealed class Bandwidth(TimeProvider clock)
{
    private const int Registries = 20_000;

    private readonly RecentMap<(Guid Registry, bool IsDownload, long BytesPerSecond), BytePacer> _pacers = new(Registries);

    /// <returns>Null: as fast as it goes.</returns>
    public BytePacer? Download(Registry registry) => Find(registry, isDownload: true, registry.Plan.Limits.DownloadBytesPerSecond);

    /// <returns>Null: as fast as it goes.</returns>
    public BytePacer? Upload(Registry registry) => Find(registry, isDownload: false, registry.Plan.Limits.UploadBytesPerSecond);

    private BytePacer? Find(Registry registry, bool isDownload, long? limit)
    {
        if (limit is not { } bytesPerSecond)
            return null;
        var key = (registry.Id, isDownload, bytesPerSecond);
        return _pacers.TryGet(key, out var pacer) ? pacer : _pacers.GetOrAdd(key, _ => new BytePacer(bytesPerSecond, clock));
    }
}
