using Breakwater.Core.Blobs;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Core.Storage;
using Breakwater.Oci;

namespace Breakwater.Core.Manifests;

/// <summary>
/// What images run on, from their configs. Read when somebody asks and then kept in memory, since content never changes: a push does not pay for it, and
/// what was pushed before it was asked for has it too.
/// </summary>
internal sealed class PlatformReader(CoherentCache cache, BlobStore blobs)
{
    // Configs have some kilobytes. What is larger is not opened for two words.
    private const long MaxConfigBytes = 1 << 20;
    private const long EntryBytes = 500;

    public async ValueTask<Platform> ReadAsync(Repository repository, string? configMediaType, string? config) =>
        config is null || configMediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig)
            ? Platform.Unknown
            : await cache.GetAsync(new PlatformKey(repository.Id, config), _ => LoadAsync(repository, Digest.Parse(config)), _ => EntryBytes) ?? Platform.Unknown;

    private async Task<Platform?> LoadAsync(Repository repository, Digest config)
    {
        if (await blobs.FindAsync(repository, config) is not { } blob)
            return null;
        if (blob.SizeBytes > MaxConfigBytes)
            return Platform.Unknown;
        try
        {
            return PlatformJson.OfConfig(await blobs.ReadAllAsync(blob, CancellationToken.None));
        }
        catch (Exception e) when (e is CorruptObjectException or OciException)
        {
            // A list of images must not fail with one of their files. The damage is recorded, and a pull of it raises the alarm.
            return null;
        }
    }

    private sealed record PlatformKey(Guid RepositoryId, string Config);
}
