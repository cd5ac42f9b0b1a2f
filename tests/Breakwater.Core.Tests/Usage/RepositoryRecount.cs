namespace Breakwater.Core.Tests.Usage;

/// <summary>One repository of <see cref="UsageRecount"/>.</summary>
internal sealed class RepositoryRecount
{
    /// <summary>Bytes by digest.</summary>
    public Dictionary<string, long> Manifests { get; } = [];

    /// <summary>Bytes by digest.</summary>
    public Dictionary<string, long> Blobs { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>Kinds are those of <c>manifest_edge</c>.</summary>
    public List<(string Manifest, long Kind, string Target)> Edges { get; } = [];

    public long SizeBytes => Manifests.Values.Sum() + Blobs.Values.Sum();

    /// <summary>A manifest and those below it.</summary>
    public HashSet<string> From(string digest)
    {
        var found = new HashSet<string>();
        var next = new Stack<string>([digest]);
        while (next.TryPop(out var at))
        {
            if (Manifests.ContainsKey(at) && found.Add(at))
                Edges.Where(edge => edge.Manifest == at && edge.Kind == 2).ToList().ForEach(edge => next.Push(edge.Target));
        }
        return found;
    }

    public HashSet<string> BlobsOf(IEnumerable<string> manifests)
    {
        var of = manifests.ToHashSet();
        return [.. Edges.Where(edge => edge.Kind is 0 or 1 && of.Contains(edge.Manifest) && Blobs.ContainsKey(edge.Target)).Select(edge => edge.Target)];
    }
}
