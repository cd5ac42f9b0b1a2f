using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Cases;

/// <summary>GET or HEAD of image manifests with five layers, by tag or by digest.</summary>
internal sealed class ManifestReadCase(bool byDigest, bool head) : LoadCase
{
    private const string Repository = "bench/small";
    private const int Count = 16;
    private readonly Image[] _images = [.. Enumerable.Range(0, Count).Select(_ => Image.New(layers: 5, layerBytes: 128))];
    private int _next;

    public override IReadOnlyList<string> Scopes => [$"repository:{Repository}:pull,push"];

    protected override void Prepare(RegistryClient client)
    {
        for (var i = 0; i < Count; i++)
            _images[i].Push(client, Repository, $"m{i}");
    }

    protected override void Operate(RegistryClient client)
    {
        var i = (int)((uint)Interlocked.Increment(ref _next) % Count);
        if (head)
        {
            if (client.Head(_images[i].Paths(Repository, $"m{i}", byDigest)).Headers.ContentLength != _images[i].Manifest.Json.Length)
                throw new HarnessException("HEAD of a manifest has the wrong length.");
        }
        else if (client.Get(_images[i].Paths(Repository, $"m{i}", byDigest)).BodyLength != _images[i].Manifest.Json.Length)
            throw new HarnessException("A manifest has the wrong length.");
    }

    protected override void Check(RegistryClient client) => _images[0].Check(client, Repository, "m0");
}
