using System.CommandLine;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary>Deletes a manifest with all its tags, after having said which these are.</summary>
internal static class ManifestDeletion
{
    public static async Task<Answer> RunAsync(Invocation call, ContentClient content, ImageName image, Option<bool> yes)
    {
        var digest = await ManifestSubject.DigestAsync(call, content, image);
        var tags = (await content.Manifests.GetAttributesAsync(image.Repository, digest, call.Stop)).Tags ?? [];
        var what = $"the manifest {image.Repository}@{digest}{(tags.Count > 0 ? $" with its tags {string.Join(", ", tags)}" : "")}";
        call.Confirm($"Delete {what}?", yes);
        await content.Manifests.DeleteAsync(image.Repository, digest, call.Stop);
        return Answer.Done($"Deleted {what}.");
    }
}
