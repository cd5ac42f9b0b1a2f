using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Cases;

/// <summary>Push of new images, or pull of one image, as docker does it.</summary>
internal sealed class ImageCase(bool push, int layers, int layerBytes) : LoadCase
{
    private const string Repository = "bench/images";
    private readonly Image _image = Image.New(layers, layerBytes);
    private int _next;
    private volatile PushedImage? _last;

    public override IReadOnlyList<string> Scopes => [$"repository:{Repository}:pull,push"];

    public override long BytesPerOperation => _image.SizeBytes;

    protected override void Prepare(RegistryClient client)
    {
        if (!push)
            _image.Push(client, Repository, TagOfPulled);
    }

    protected override void Operate(RegistryClient client)
    {
        if (!push)
        {
            _image.Pull(client, Repository, TagOfPulled);
            return;
        }

        var image = Image.New(layers, layerBytes);
        var tag = $"t{Interlocked.Increment(ref _next)}";
        image.Push(client, Repository, tag);
        _last = new PushedImage(image, tag);
    }

    protected override void Check(RegistryClient client)
    {
        if (!push)
            _image.Check(client, Repository, TagOfPulled);
        else
            _last!.Image.Check(client, Repository, _last.Tag);
    }

    private string TagOfPulled => $"pull-{layers}-{layerBytes}";

    private sealed record PushedImage(Image Image, string Tag);
}
