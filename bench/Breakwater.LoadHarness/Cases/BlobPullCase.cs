using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Cases;

/// <summary>GET of whole blobs of one size, a few different ones in turn.</summary>
internal sealed class BlobPullCase(int sizeBytes) : LoadCase
{
    private const string Repository = "bench/pull";
    private readonly Lazy<UniqueBlob[]> _blobs = new(() =>
        [.. Enumerable.Range(0, sizeBytes > 32 * 1024 * 1024 ? 2 : 8).Select(_ => UniqueBlobSource.OfSize(sizeBytes).Next())]);

    private int _next;

    public override IReadOnlyList<string> Scopes => [$"repository:{Repository}:pull,push"];

    public override long BytesPerOperation => sizeBytes;

    private UniqueBlob[] Blobs => _blobs.Value;

    protected override void Prepare(RegistryClient client)
    {
        foreach (var blob in Blobs)
            client.PushWhole(Repository, blob);
    }

    protected override void Operate(RegistryClient client)
    {
        var i = (uint)Interlocked.Increment(ref _next) % (uint)Blobs.Length;
        Image.RequireLength(client.Get(Image.BlobPath(Repository, Blobs[i])), sizeBytes);
    }

    protected override void Check(RegistryClient client) =>
        Image.RequireDigest(client.Get(Image.BlobPath(Repository, Blobs[0]), BodyMode.Hash), Blobs[0].Digest);
}
