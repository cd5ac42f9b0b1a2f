using System.CommandLine;
using Breakwater.Cli.Commands.Manifests;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;

namespace Breakwater.Cli.Commands.Repositories;

/// <summary><c>breakwater repository delete</c>: a whole repository, or, as az has it, the manifest that an image names with all its tags.</summary>
internal sealed class RepositoryDeleteCommand : CliCommand
{
    private readonly RepositorySubject subject = new();
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<bool> yes = YesOption.Create();

    public RepositoryDeleteCommand()
        : base("delete", "Delete a repository, or a manifest with all its tags.")
    {
        subject.AddTo(this);
        registry.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var image = subject.In(call);
        var content = await call.ContentAsync(registry);
        return image.Reference is null ? await DeleteWholeAsync(call, content, image) : await ManifestDeletion.RunAsync(call, content, image, yes);
    }

    private async Task<Answer> DeleteWholeAsync(Invocation call, ContentClient content, ImageName image)
    {
        if (!call.Value(yes))
        {
            var there = await content.Repositories.GetAsync(image.Repository, call.Stop);
            call.Confirm($"Delete the repository {image} with {there.ManifestCount} manifests and {there.TagCount} tags?", yes);
        }
        var gone = await call.WaitAsync($"Deleting {image}…", () => content.Repositories.DeleteAsync(image.Repository, call.Stop));
        return Answer.Item(gone) with { Message = $"Deleted {image} with {gone.ManifestsDeleted.Count} manifests and {gone.TagsDeleted.Count} tags." };
    }
}
