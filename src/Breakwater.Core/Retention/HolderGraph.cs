using Breakwater.Oci;

namespace Breakwater.Core.Retention;

/// <summary>Which manifests of a repository hold which: an index its children, a referrer its subject, and a subject what refers to it.</summary>
internal sealed class HolderGraph
{
    private readonly RepositoryFacts _facts;
    private readonly ILookup<string, string> _referrers;
    private readonly Dictionary<string, int> _holders = [], _parents = [];
    private readonly HashSet<string> _gone = [];

    public HolderGraph(RepositoryFacts facts)
    {
        _facts = facts;
        _referrers = facts.Manifests.Values.Where(manifest => manifest.Subject is not null).ToLookup(manifest => manifest.Subject!, manifest => manifest.Digest);
        foreach (var digest in facts.Manifests.Keys)
        {
            foreach (var held in HeldBy(digest))
                _holders[held] = _holders.GetValueOrDefault(held) + 1;
            foreach (var child in facts.Children[digest])
                _parents[child] = _parents.GetValueOrDefault(child) + 1;
        }
    }

    public bool IsFree(string digest) => _holders.GetValueOrDefault(digest) == 0;

    /// <summary>Takes a manifest out.</summary>
    /// <returns>What nothing holds any more.</returns>
    public IReadOnlyList<string> Remove(string digest)
    {
        _gone.Add(digest);
        var freed = new List<string>();
        foreach (var child in _facts.Children[digest])
            _parents[child]--;
        foreach (var held in HeldBy(digest))
        {
            if (--_holders[held] == 0)
                freed.Add(held);
        }
        return freed;
    }

    /// <summary>Of one that is not free.</summary>
    public KeepReason ReasonFor(ManifestFact manifest)
    {
        if (_parents.GetValueOrDefault(manifest.Digest) > 0)
            return KeepReason.Child;
        if (_referrers[manifest.Digest].Any(referrer => !_gone.Contains(referrer)))
            return KeepReason.Subject;
        return manifest.SignatureKind == SignatureKind.None ? KeepReason.Referrer : KeepReason.Signature;
    }

    // Those that are there: what an index or a referrer names may be absent.
    private IEnumerable<string> HeldBy(string digest)
    {
        foreach (var child in _facts.Children[digest].Where(_facts.Manifests.ContainsKey))
            yield return child;
        if (_facts.Manifests[digest].Subject is { } subject && _facts.Manifests.ContainsKey(subject))
            yield return subject;
        foreach (var referrer in _referrers[digest])
            yield return referrer;
    }
}
