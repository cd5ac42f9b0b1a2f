using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest show-metadata</c></summary>
internal sealed class ManifestShowMetadataCommand : CliCommand
{
    private readonly ManifestSubject subject = new();

    public ManifestShowMetadataCommand()
        : base("show-metadata", "Show the attributes of a manifest.") => subject.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var image = subject.In(call);
        var content = await call.ContentAsync(subject.Registry);
        return Answer.Item(await content.Manifests.GetAttributesAsync(image.Repository, await ManifestSubject.DigestAsync(call, content, image), call.Stop), ContentColumns.Manifest);
    }
}
