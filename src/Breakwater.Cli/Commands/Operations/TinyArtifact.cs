using System.Text;
using System.Text.Json;
using Breakwater.Client.Content;
using Breakwater.Client.Errors;
using Breakwater.Oci;

namespace Breakwater.Cli.Commands.Operations;

/// <summary>An artifact of some bytes, to see whether pushing and pulling works.</summary>
/// <param name="Tag">Of the moment, so that nobody's tag is moved.</param>
/// <param name="Digest">Of the manifest.</param>
internal sealed record TinyArtifact(string Tag, string Digest, string Layer, byte[] Content)
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json", ArtifactType = "application/vnd.breakwater.health-check";

    public static async Task<TinyArtifact> PushAsync(ContentClient registry, RepositoryName repository, DateTimeOffset now, CancellationToken stop)
    {
        var content = Encoding.UTF8.GetBytes($"breakwater check-health {Guid.NewGuid():D}\n");
        var layer = await registry.Blobs.PushAsync(repository, content, stop);
        var config = await registry.Blobs.PushAsync(repository, "{}"u8.ToArray(), stop);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            artifactType = ArtifactType,
            config = new { mediaType = "application/vnd.oci.empty.v1+json", digest = config, size = 2 },
            layers = new[] { new { mediaType = "text/plain", digest = layer, size = content.Length } },
        });
        var tag = $"check-health-{now.ToUnixTimeMilliseconds()}";
        await registry.Manifests.PushAsync(repository, tag, ManifestType, manifest, stop);
        return new TinyArtifact(tag, Sha256.Of(manifest), layer, content);
    }

    /// <returns>Whether it is what was pushed.</returns>
    public static async Task<bool> PullAsync(ContentClient registry, RepositoryName repository, TinyArtifact artifact, CancellationToken stop)
    {
        var manifest = await registry.Manifests.FetchAsync(repository, artifact.Tag, stop);
        var layer = await registry.Blobs.PullAsync(repository, artifact.Layer, 64 * 1024, stop);
        return manifest.Digest == artifact.Digest && layer.AsSpan().SequenceEqual(artifact.Content);
    }

    /// <returns>False when the right is missing, or something stands in the way: whoever pushes need not be able to delete.</returns>
    public static async Task<bool> TryDeleteAsync(ContentClient registry, RepositoryName repository, TinyArtifact artifact, CancellationToken stop)
    {
        try
        {
            await registry.Manifests.DeleteAsync(repository, Oci.Digest.Parse(artifact.Digest), stop);
            return true;
        }
        catch (BreakwaterException e) when (e.Kind is ErrorKind.Refused or ErrorKind.Conflict)
        {
            return false;
        }
    }
}
