using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;
using Breakwater.Oci;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary>A manifest by tag or digest, and its registry.</summary>
internal sealed class ManifestSubject
{
    private readonly Subject image = new("IMAGE", "REPOSITORY:TAG or REPOSITORY@DIGEST.", "--image", "--name", "-n");

    public RegistryOptions Registry { get; } = RegistryOptions.Plain();

    public void AddTo(Command command)
    {
        image.AddTo(command);
        Registry.AddTo(command);
    }

    public ImageName In(Invocation call) => ImageName.ParseReferred(image.In(call));

    public static async Task<Digest> DigestAsync(Invocation call, ContentClient content, ImageName image) =>
        image.Digest ?? Digest.Parse((await content.Tags.GetAsync(image.Repository, image.Tag!, call.Stop)).Digest);
}
