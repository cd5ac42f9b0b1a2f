using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest list-deleted-tags</c></summary>
internal sealed class ManifestListDeletedTagsCommand : CliCommand
{
    private readonly Subject image = new("IMAGE", "The repository, or REPOSITORY:TAG for one tag only.", "--image", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<int?> top = TopOption.Create();

    public ManifestListDeletedTagsCommand()
        : base("list-deleted-tags", "List tags that were deleted and can be restored; of one name, the last deleted is last.")
    {
        image.AddTo(this);
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var named = ImageName.Parse(image.In(call));
        if (named.Digest is not null)
            throw new BreakwaterException(ErrorKind.Invalid, $"'{named}' names a digest.", "Write REPOSITORY or REPOSITORY:TAG.");
        var content = await call.ContentAsync(registry);
        var tags = content.Deleted.ListTagsAsync(named.Repository, named.Tag is null ? call.Value(top) : null, call.Stop).Where(tag => named.Tag is null || tag.Tag == named.Tag.Value);
        return Answer.List(await tags.Top(call.Value(top)).ToListAsync(call.Stop), new("Tag", "tag"), new("Digest", "digest", Cells.Digest), new("Deleted", "deletedAt", Cells.Time));
    }
}
