using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Repositories;

/// <summary><c>breakwater repository update</c></summary>
internal sealed class RepositoryUpdateCommand : CliCommand
{
    private readonly RepositorySubject subject = new();
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly LockOptions locks = new();

    public RepositoryUpdateCommand()
        : base("update", "Lock or unlock a repository, a tag or a manifest.")
    {
        subject.AddTo(this);
        registry.AddTo(this);
        locks.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (image, change) = (subject.In(call), locks.Read(call));
        var content = await call.ContentAsync(registry);
        if (image.Digest is { } digest)
            return Answer.Item(await content.Manifests.UpdateAsync(image.Repository, digest, change, call.Stop), ContentColumns.Manifest);
        return image.Tag is { } tag
            ? Answer.Item(await content.Tags.UpdateAsync(image.Repository, tag, change, call.Stop), ContentColumns.Tag)
            : Answer.Item(await content.Repositories.UpdateAsync(image.Repository, change, call.Stop), ContentColumns.Repository);
    }
}
