using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Cases;

/// <summary>Push of blobs that no server has seen: POST and one PUT, or with a chunk size POST, PATCH after PATCH, PUT.</summary>
internal sealed class BlobPushCase(int sizeBytes, int? chunkBytes) : LoadCase
{
    private const string Repository = "bench/push";
    private volatile UniqueBlobBox? _last;

    public override IReadOnlyList<string> Scopes => [$"repository:{Repository}:pull,push"];

    public override long BytesPerOperation => sizeBytes;

    protected override void Operate(RegistryClient client)
    {
        var blob = UniqueBlobSource.OfSize(sizeBytes).Next();
        if (chunkBytes is { } chunk)
            client.PushChunked(Repository, blob, chunk);
        else
            client.PushWhole(Repository, blob);
        _last = new UniqueBlobBox(blob);
    }

    protected override void Check(RegistryClient client)
    {
        var blob = _last!.Blob;
        Image.RequireDigest(client.Get(Image.BlobPath(Repository, blob), BodyMode.Hash), blob.Digest);
    }

    private sealed record UniqueBlobBox(UniqueBlob Blob);
}
