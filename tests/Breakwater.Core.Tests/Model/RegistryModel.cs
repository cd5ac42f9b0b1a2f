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

    public bool IsReferenced(string blob) => Manifests.Values.Any(m => m.Blobs.Contains(blob));

    public void DeleteManifest(string digest)
    {
        Manifests.Remove(digest);
        foreach (var tag in Tags.Where(t => t.Value == digest).Select(t => t.Key).ToList())
            Tags.Remove(tag);
    }
}

internal sealed record ManifestModel(byte[] Body, IReadOnlyList<string> Blobs, string? Subject);

internal sealed class UploadModel(string repository, DigestAlgorithm algorithm)
{
    public string Repository { get; } = repository;

    public DigestAlgorithm Algorithm { get; } = algorithm;

    public List<byte> Content { get; } = [];
}
