using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>Where an import reads: another repository of this installation, or of a registry elsewhere. It says nothing of what it reads that is not verified by the caller.</summary>
internal interface IImportSource
{
    /// <returns>Null when there is none.</returns>
    Task<SourceManifest?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>Opens a blob's content from <paramref name="offset"/> on.</summary>
    /// <exception cref="OciException"><c>SourceNotFound</c></exception>
    /// <exception cref="IOException">It cannot be reached now; trying again may help.</exception>
    Task<Stream> OpenBlobAsync(Digest digest, long offset, CancellationToken cancellationToken);

    /// <summary>What refers to a manifest; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Digest>> ListReferrersAsync(Digest subject, int limit, CancellationToken cancellationToken);
}
