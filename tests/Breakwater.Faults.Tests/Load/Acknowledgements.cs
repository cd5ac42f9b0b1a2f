using System.Collections.Concurrent;
using Breakwater.Testing.Images;

namespace Breakwater.Faults.Tests.Load;

/// <summary>What the server has promised to keep, written down by the client at the moment of each answer.</summary>
/// <remarks>A worker owns its repository, so one tag has one writer and what it must show is known, even after a crash.</remarks>
internal sealed class Acknowledgements(string repository)
{
    private readonly ConcurrentDictionary<string, TestBlob> blobs = new();
    private readonly ConcurrentDictionary<string, TestManifest> manifests = new();
    private readonly ConcurrentDictionary<string, string> tags = new();
    private readonly ConcurrentDictionary<string, string> tagsInFlight = new();

    public string Repository { get; } = repository;

    /// <summary>Blobs that were acknowledged; their lease protects them also while nothing refers to them.</summary>
    public IReadOnlyCollection<TestBlob> Blobs => [.. blobs.Values];

    public IReadOnlyCollection<TestManifest> Manifests => [.. manifests.Values];

    public IReadOnlyCollection<string> Tags => [.. tags.Keys];

    public void Blob(TestBlob blob) => blobs[blob.Digest] = blob;

    public void BeforeTag(string tag, string digest) => tagsInFlight[tag] = digest;

    public void Manifest(TestManifest manifest, string tag)
    {
        manifests[manifest.Digest] = manifest;
        tags[tag] = manifest.Digest;
        tagsInFlight.TryRemove(tag, out _);
    }

    /// <summary>Called before a manifest is deleted: from now on it may be there or not.</summary>
    public TestManifest? Forget(string tag)
    {
        tagsInFlight[tag] = "";
        if (!tags.TryRemove(tag, out var digest))
            return null;
        var removed = manifests.TryRemove(digest, out var manifest) ? manifest : null;
        foreach (var blob in removed?.Blobs ?? [])
            blobs.TryRemove(blob.Digest, out _);
        return removed;
    }

    /// <summary>The digests that a tag may show; null in the list means that it may be absent.</summary>
    public IReadOnlyList<string?> Allowed(string tag)
    {
        var allowed = new List<string?>();
        if (tagsInFlight.TryGetValue(tag, out var coming))
            allowed.Add(coming.Length == 0 ? null : coming);
        allowed.Add(tags.GetValueOrDefault(tag));
        return allowed;
    }
}
