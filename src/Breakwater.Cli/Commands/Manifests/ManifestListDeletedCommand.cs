using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest list-deleted</c></summary>
internal sealed class ManifestListDeletedCommand : CliCommand
{
    private readonly Subject repository = new("REPOSITORY", "The repository.", "--repository", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<int?> top = TopOption.Create();

    public ManifestListDeletedCommand()
        : base("list-deleted", "List manifests that were deleted and can be restored.")
    {
        repository.AddTo(this);
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = ImageName.ParseRepository(repository.In(call));
        var content = await call.ContentAsync(registry);
        return Answer.List(
            await content.Deleted.ListManifestsAsync(name, call.Value(top), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop),
            new("Digest", "digest", Cells.Digest), new("Tags", "tags"), new("Size", "imageSize", Cells.Size), new("Deleted", "deletedAt", Cells.Time));
    }
}
