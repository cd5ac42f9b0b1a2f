using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Repositories;

/// <summary><c>breakwater repository show</c></summary>
internal sealed class RepositoryShowCommand : CliCommand
{
    private readonly RepositorySubject subject = new();
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public RepositoryShowCommand()
        : base("show", "Show the attributes of a repository, a tag or a manifest.")
    {
        subject.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var image = subject.In(call);
        var content = await call.ContentAsync(registry);
        if (image.Digest is { } digest)
            return Answer.Item(await content.Manifests.GetAttributesAsync(image.Repository, digest, call.Stop), ContentColumns.Manifest);
        return image.Tag is { } tag
            ? Answer.Item(await content.Tags.GetAsync(image.Repository, tag, call.Stop), ContentColumns.Tag)
            : Answer.Item(await content.Repositories.GetAsync(image.Repository, call.Stop), ContentColumns.Repository);
    }
}
