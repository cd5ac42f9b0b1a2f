using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Manifests;
using Breakwater.Core.Referrers;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>A repository of this installation, read by the caller's own right to pull there.</summary>
internal sealed class LocalSource(RepositoryAccess access, ManifestStore manifests, BlobStore blobs, ReferrerStore referrers) : IImportSource
{
    public RepositoryAccess Access => access;

    public async Task<SourceManifest?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        await manifests.FindAsync(access, reference) is { } found ? new SourceManifest(found.Body, found.MediaType) : null;

    public async Task<Stream> OpenBlobAsync(Digest digest, long offset, CancellationToken cancellationToken)
    {
        var blob = await blobs.FindAsync(access, digest) ?? throw new OciException(ImportErrors.SourceNotFound);
        return new BlobStream(blobs.Open(blob), offset);
    }

    public async Task<IReadOnlyList<Digest>> ListReferrersAsync(Digest subject, int limit, CancellationToken cancellationToken)
    {
        var found = new List<Digest>();
        while (found.Count < limit)
        {
            var page = await referrers.ListAsync(access, subject, artifactType: null, found is [.., var last] ? last.Value : null, limit - found.Count);
            if (page.Count == 0)
                break;
            found.AddRange(page.Select(referrer => referrer.Digest));
        }
        return found;
    }
}
