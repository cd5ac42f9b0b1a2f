using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>A repository of this installation, read by the caller's own right to pull there.</summary>
internal sealed class LocalSource(ImportRights rights, Registry registry, RepositoryName repository, ImportStores stores) : IImportSource
{
    /// <summary>Decided anew each time.</summary>
    public RepositoryAccess Access => rights.Source(registry, repository);

    public async Task<SourceManifest?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        await stores.Manifests.FindAsync(Access, reference) is { } found ? new SourceManifest(found.Body, found.MediaType) : null;

    public async Task<Stream> OpenBlobAsync(Digest digest, long offset, CancellationToken cancellationToken)
    {
        var blob = await stores.Blobs.FindAsync(Access, digest) ?? throw new OciException(ImportErrors.SourceNotFound);
        return new BlobStream(stores.Blobs.Open(blob), offset);
    }

    public async Task<IReadOnlyList<Digest>> ListReferrersAsync(Digest subject, int limit, CancellationToken cancellationToken)
    {
        var found = new List<Digest>();
        while (found.Count < limit)
        {
            var page = await stores.Referrers.ListAsync(Access, subject, artifactType: null, found is [.., var last] ? last.Value : null, limit - found.Count);
            if (page.Count == 0)
                break;
            found.AddRange(page.Select(referrer => referrer.Digest));
        }
        return found;
    }
}
