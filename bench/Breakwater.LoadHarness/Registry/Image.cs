using Breakwater.LoadHarness.Http;

namespace Breakwater.LoadHarness.Registry;

/// <summary>A made-up image: unique random layers, a unique config and their manifest.</summary>
internal sealed record Image(UniqueBlob Config, IReadOnlyList<UniqueBlob> Layers, ImageManifest Manifest)
{
    private const int ConfigBytes = 1024;

    public long SizeBytes => Config.SizeBytes + Layers.Sum(l => l.SizeBytes) + Manifest.Json.Length;

    public static Image New(int layers, int layerBytes)
    {
        var config = UniqueBlobSource.OfSize(ConfigBytes).Next();
        UniqueBlob[] blobs = [.. Enumerable.Range(0, layers).Select(_ => UniqueBlobSource.OfSize(layerBytes).Next())];
        return new Image(config, blobs, ImageManifest.Of(config, blobs));
    }

    public string Paths(string repository, string tag, bool byDigest) =>
        $"/v2/{repository}/manifests/{(byDigest ? Manifest.Digest : tag)}";

    /// <summary>As docker pushes: HEAD of each blob, POST, PATCH, PUT where it is absent, then the manifest.</summary>
    public void Push(RegistryClient client, string repository, string tag)
    {
        foreach (var blob in Layers.Append(Config))
        {
            if (!client.HasBlob(repository, blob.Digest))
                client.PushChunked(repository, blob, (int)blob.SizeBytes);
        }

        client.PutManifest(repository, tag, Manifest);
    }

    /// <summary>As docker pulls: manifest by tag, config, layers; lengths are checked.</summary>
    public void Pull(RegistryClient client, string repository, string tag)
    {
        RequireLength(client.Get(Paths(repository, tag, byDigest: false)), Manifest.Json.Length);
        foreach (var blob in Layers.Prepend(Config))
            RequireLength(client.Get(BlobPath(repository, blob)), blob.SizeBytes);
    }

    /// <summary>Reads manifest and first layer back and compares their digests.</summary>
    public void Check(RegistryClient client, string repository, string tag)
    {
        RequireDigest(client.Get(Paths(repository, tag, byDigest: false), BodyMode.Hash), Manifest.Digest);
        RequireDigest(client.Get(BlobPath(repository, Layers[0]), BodyMode.Hash), Layers[0].Digest);
    }

    public static string BlobPath(string repository, UniqueBlob blob) => $"/v2/{repository}/blobs/{blob.Digest}";

    public static void RequireLength(HttpReply reply, long length)
    {
        if (reply.BodyLength != length)
            throw new HarnessException($"A body has {reply.BodyLength} bytes instead of {length}.");
    }

    public static void RequireDigest(HttpReply reply, string digest)
    {
        if (reply.Sha256 != digest)
            throw new HarnessException($"Content came back as {reply.Sha256} instead of {digest}.");
    }
}
