using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Model;

/// <summary>
/// What a registry is, without keys, files and rows: the oracle of <see cref="RegistryModelTests"/>. Plain collections, no concurrency.
/// </summary>
internal sealed class RegistryModel
{
    /// <summary>Contents by digest; what the test made, stored or not.</summary>
    public Dictionary<string, byte[]> Contents { get; } = [];

    public Dictionary<string, RepositoryModel> Repositories { get; } = [];

    public Dictionary<Guid, UploadModel> Uploads { get; } = [];

    public RepositoryModel At(string repository) =>
        Repositories.TryGetValue(repository, out var found) ? found : Repositories[repository] = new RepositoryModel();

    /// <summary>After all leases have ended: what no manifest refers to is gone, and so is every upload.</summary>
    public void CleanUp()
    {
        foreach (var repository in Repositories.Values)
            repository.Blobs.RemoveWhere(digest => !repository.IsReferenced(digest));
        Uploads.Clear();
    }

    /// <summary>Bytes of the registry: each blob once, each manifest of each repository.</summary>
    public long SizeBytes() =>
        Repositories.Values.SelectMany(r => r.Blobs).Distinct().Sum(d => (long)Contents[d].Length)
        + Repositories.Values.SelectMany(r => r.Manifests.Values).Sum(m => (long)m.Body.Length);
}

internal sealed class RepositoryModel
{
    public HashSet<string> Blobs { get; } = [];

    public Dictionary<string, ManifestModel> Manifests { get; } = [];

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there has been a push since it was last deleted.</summary>
    public bool Exists { get; set; }

    /// <summary>Of the repository itself under the empty name, of tags and of manifests.</summary>
    public Dictionary<string, ItemLocks> Locks { get; } = [];

    // What may not be written may not be deleted either.
    public bool IsLocked(ItemLocks operation, params string[] items) => items.Any(item =>
        (Locks.GetValueOrDefault(item) & (operation == ItemLocks.Delete ? operation | ItemLocks.Write : operation)) != 0);

    public IEnumerable<string> TagsOf(string digest) => Tags.Where(t => t.Value == digest).Select(t => t.Key);

    /// <summary>What setting a tag changes that was there before: the tag and what it means.</summary>
    public IEnumerable<string> Overwritten(string? tag) => tag is not null && Tags.TryGetValue(tag, out var digest) ? [tag, digest] : [];

    public void DeleteTag(string tag)
    {
        Tags.Remove(tag);
        Locks.Remove(tag);
    }

    public bool IsReferenced(string blob) => Manifests.Values.Any(m => m.Blobs.Contains(blob));

    public void DeleteManifest(string digest)
    {
        Manifests.Remove(digest);
        Locks.Remove(digest);
        foreach (var tag in TagsOf(digest).ToList())
            DeleteTag(tag);
    }
}

internal sealed record ManifestModel(byte[] Body, IReadOnlyList<string> Blobs, string? Subject);

internal sealed class UploadModel(string repository, DigestAlgorithm algorithm)
{
    public string Repository { get; } = repository;

    public DigestAlgorithm Algorithm { get; } = algorithm;

    public List<byte> Content { get; } = [];
}
