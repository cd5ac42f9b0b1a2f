using Breakwater.Core.Imports;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Imports;

/// <summary>A registry elsewhere, in memory: what a test puts there, and sent as a test says.</summary>
internal sealed class MemorySource : IImportSource
{
    private readonly Dictionary<string, SourceManifest> _manifests = [];
    private readonly Dictionary<string, byte[]> _blobs = [];

    /// <summary>What comes instead of a blob's bytes from an offset on.</summary>
    public Func<byte[], long, Stream> Send { get; set; } = (content, offset) => new MemoryStream(content[(int)offset..]);

    public int Opened { get; private set; }

    public long ManifestBytes => _manifests.Values.DistinctBy(manifest => Digest.Of(DigestAlgorithm.Sha256, manifest.Body.Span).Value).Sum(manifest => (long)manifest.Body.Length);

    public Digest Add(byte[] body, string? tag = null)
    {
        var digest = Digest.Of(DigestAlgorithm.Sha256, body);
        _manifests[digest.Value] = new SourceManifest(body, null);
        if (tag is not null)
            _manifests[tag] = _manifests[digest.Value];
        return digest;
    }

    public Digest AddBlob(byte[] content)
    {
        var digest = Digest.Of(DigestAlgorithm.Sha256, content);
        _blobs[digest.Value] = content;
        return digest;
    }

    public Task<SourceManifest?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken) => Task.FromResult(_manifests.GetValueOrDefault($"{reference}"));

    public Task<Stream> OpenBlobAsync(Digest digest, long offset, CancellationToken cancellationToken)
    {
        Opened++;
        return Task.FromResult(Send(_blobs[digest.Value], offset));
    }

    public Task<IReadOnlyList<Digest>> ListReferrersAsync(Digest subject, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Digest>>([]);
}
