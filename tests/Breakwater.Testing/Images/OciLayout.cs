using System.Text.Json.Nodes;

namespace Breakwater.Testing.Images;

/// <summary>An image layout on disk, written by hand: what <c>skopeo copy oci:DIR:NAME</c> reads.</summary>
public static class OciLayout
{
    /// <summary>Writes blobs and manifests; <paramref name="root"/> gets the name.</summary>
    public static void Write(string folder, TestManifest root, string name, IEnumerable<TestManifest> others)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        TestManifest[] manifests = [root, .. others];
        foreach (var blob in manifests.SelectMany(manifest => manifest.Blobs))
            File.WriteAllBytes(Path.Combine(blobs, Hex(blob.Digest)), blob.Content);
        foreach (var manifest in manifests)
            File.WriteAllBytes(Path.Combine(blobs, Hex(manifest.Digest)), manifest.Body);
        var entry = root.Descriptor;
        entry["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = name };
        var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(entry) };
        File.WriteAllText(Path.Combine(folder, "index.json"), index.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
    }

    /// <summary>Every blob of a layout by its digest's hexadecimal part.</summary>
    public static SortedDictionary<string, byte[]> ReadBlobs(string folder)
    {
        var blobs = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "blobs", "sha256")))
            blobs[Path.GetFileName(file)] = File.ReadAllBytes(file);
        return blobs;
    }

    private static string Hex(string digest) => digest["sha256:".Length..];
}
