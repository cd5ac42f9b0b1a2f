using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;
using Breakwater.Client.Errors;
using Breakwater.Oci;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest restore</c>: by tag, by digest, or by digest under a tag, as az has it.</summary>
internal sealed class ManifestRestoreCommand : CliCommand
{
    private readonly Subject image = new("IMAGE", "REPOSITORY:TAG, or REPOSITORY@DIGEST for all tags that the manifest lost.", "--image", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<string?> digest = new("--digest", "-d") { Description = "The manifest. Default: of those that the tag meant the one that was deleted last.", HelpName = "DIGEST" };
    private readonly Option<bool> force = new("--force", "-f") { Description = "Move the tag if it means another manifest now." };
    private readonly Option<bool> yes = YesOption.Create();

    public ManifestRestoreCommand()
        : base("restore", "Restore a deleted manifest, with the children of an index, or a deleted tag.")
    {
        image.AddTo(this);
        registry.AddTo(this);
        Add(digest);
        Add(force);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var named = ImageName.Parse(image.In(call));
        if (named.Digest is not null && call.IsGiven(digest))
            throw new BreakwaterException(ErrorKind.Invalid, $"'{named}' names a digest, and --digest does too.", "Give one of them.");
        var given = named.Digest ?? Parse(call.Value(digest));
        var content = await call.ContentAsync(registry);
        var restored = await content.Deleted.RestoreAsync(named.Repository, given ?? await LastAsync(call, content, named), named.Tag, call.Value(force), call.Stop);
        return Answer.Item(restored, new("Digest", "digest"), new("Tags", "tags"), new("Media type", "mediaType"), new("Restored", "manifestsRestored"));
    }

    private async Task<Digest> LastAsync(Invocation call, ContentClient content, ImageName named)
    {
        if (named.Tag is not { } tag)
            throw new BreakwaterException(ErrorKind.Invalid, $"'{named}' names no manifest.", "Write REPOSITORY:TAG, REPOSITORY@DIGEST, or give --digest.");
        var meant = await content.Deleted.ListTagsAsync(named.Repository, null, call.Stop).Where(item => item.Tag == tag.Value).ToListAsync(call.Stop);
        if (meant.Count == 0)
            throw new BreakwaterException(ErrorKind.NotFound, $"No deleted manifest had the tag {named}.", "'breakwater manifest list-deleted-tags' shows those that there are.");
        if (meant.Count > 1)
            call.Confirm($"The tag {named} meant {meant.Count} deleted manifests. Restore {meant[^1].Digest}, which was deleted last?", yes);
        return Digest.Parse(meant[^1].Digest);
    }

    private static Digest? Parse(string? text)
    {
        if (text is null)
            return null;
        return Digest.TryParse(text, out var parsed) ? parsed : throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' is no digest.", "Write sha256: and 64 hexadecimal digits.");
    }
}
