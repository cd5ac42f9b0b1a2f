using Breakwater.Testing.Images;

namespace Breakwater.Faults.Tests.Model;

/// <summary>What a repository holds, as plainly as it can be said.</summary>
internal sealed class ModelRepository(string name)
{
    public string Name { get; } = name;

    public Dictionary<string, TestBlob> Blobs { get; } = [];

    public Dictionary<string, TestManifest> Manifests { get; } = [];

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public List<ModelUpload> Uploads { get; } = [];

    public IEnumerable<TestManifest> Referrers(string subject) => Manifests.Values.Where(manifest => manifest.SubjectDigest == subject);

    public bool IsReferenced(string blobDigest) => Manifests.Values.Any(manifest => manifest.Blobs.Any(blob => blob.Digest == blobDigest));

    public void Put(TestManifest manifest, string? tag)
    {
        Manifests[manifest.Digest] = manifest;
        if (tag is not null)
            Tags[tag] = manifest.Digest;
    }

    public void Delete(TestManifest manifest)
    {
        Manifests.Remove(manifest.Digest);
        foreach (var tag in Tags.Where(entry => entry.Value == manifest.Digest).Select(entry => entry.Key).ToList())
            Tags.Remove(tag);
    }
}
