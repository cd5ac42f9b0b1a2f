using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest update-metadata</c></summary>
internal sealed class ManifestUpdateMetadataCommand : CliCommand
{
    private readonly ManifestSubject subject = new();
    private readonly LockOptions locks = new();

    public ManifestUpdateMetadataCommand()
        : base("update-metadata", "Lock or unlock a manifest; a tag, where one is named.")
    {
        subject.AddTo(this);
        locks.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (image, change) = (subject.In(call), locks.Read(call));
        var content = await call.ContentAsync(subject.Registry);
        return image.Tag is { } tag
            ? Answer.Item(await content.Tags.UpdateAsync(image.Repository, tag, change, call.Stop), ContentColumns.Tag)
            : Answer.Item(await content.Manifests.UpdateAsync(image.Repository, image.Digest!, change, call.Stop), ContentColumns.Manifest);
    }
}
