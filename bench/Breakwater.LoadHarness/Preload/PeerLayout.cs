using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Preload;

/// <summary>
/// Writes the peer's folders directly, exactly as its own pushes leave them:
/// <code>
/// docker/registry/v2/
///   blobs/sha256/HH/HEX/data
///   repositories/NAME/
///     _layers/sha256/HEX/link
///     _manifests/revisions/sha256/HEX/link
///     _manifests/tags/TAG/current/link
///     _manifests/tags/TAG/index/sha256/HEX/link
/// </code>
/// </summary>
internal sealed class PeerLayout(string dataFolder)
{
    private static readonly ImageManifest Manifest = ImageManifest.OfEmptyArtifact();
    private readonly string _root = Path.Combine(dataFolder, "docker/registry/v2");

    public void WriteTags()
    {
        WriteBlobs();
        WriteRepository(Scale.TagsRepository, Scale.Tags);
    }

    public void WriteRepositories()
    {
        WriteBlobs();
        for (var i = 0; i < Scale.Count; i++)
            WriteRepository(Scale.Repository(i), ["latest"]);
    }

    private void WriteBlobs()
    {
        WriteFile($"blobs/sha256/{Hex(Manifest.Digest)[..2]}/{Hex(Manifest.Digest)}/data", Manifest.Json);
        WriteFile($"blobs/sha256/{Hex(ImageManifest.EmptyBlobDigest)[..2]}/{Hex(ImageManifest.EmptyBlobDigest)}/data", ImageManifest.EmptyBlob);
    }

    private void WriteRepository(string name, IEnumerable<string> tags)
    {
        var repository = $"repositories/{name}";
        WriteLink($"{repository}/_layers/sha256/{Hex(ImageManifest.EmptyBlobDigest)}", ImageManifest.EmptyBlobDigest);
        WriteLink($"{repository}/_manifests/revisions/sha256/{Hex(Manifest.Digest)}", Manifest.Digest);
        foreach (var tag in tags)
        {
            WriteLink($"{repository}/_manifests/tags/{tag}/current", Manifest.Digest);
            WriteLink($"{repository}/_manifests/tags/{tag}/index/sha256/{Hex(Manifest.Digest)}", Manifest.Digest);
        }
    }

    private void WriteLink(string folder, string digest) => WriteFile(folder + "/link", System.Text.Encoding.ASCII.GetBytes(digest));

    private void WriteFile(string path, byte[] content)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    private static string Hex(string digest) => digest["sha256:".Length..];
}
