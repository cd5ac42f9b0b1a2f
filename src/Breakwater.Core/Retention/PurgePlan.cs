using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Core.Retention;

/// <summary>Decides what of a repository goes. Pure, so that a dry run and a real one cannot differ.</summary>
/// <param name="Removed">In the order in which they can go.</param>
internal sealed record PurgePlan(IReadOnlyList<PurgedItem> Removed, IReadOnlyList<KeptItem> Kept)
{
    /// <summary>Tags, the oldest first.</summary>
    public static PurgePlan OfTags(RepositoryFacts facts, PurgeRules rules)
    {
        var repository = facts.Repository.Name.Value;
        var (kept, going) = (new List<KeptItem>(), new List<TagFact>());
        foreach (var tag in facts.Tags.Where(rules.IsMeant).OrderBy(tag => tag.UpdatedAt).ThenBy(tag => tag.Name, StringComparer.Ordinal))
        {
            if (ReasonFor(tag, facts, rules) is { } reason)
                kept.Add(new KeptItem(repository, tag.Name, tag.Digest, reason));
            else
                going.Add(tag);
        }
        var count = Math.Max(going.Count - rules.Keep, 0);
        kept.AddRange(going.Skip(count).Select(tag => new KeptItem(repository, tag.Name, tag.Digest, KeepReason.Newest)));
        return new PurgePlan([.. going.Take(count).Select(tag => new PurgedItem(repository, tag.Name, tag.Digest))], kept);
    }

    /// <summary>
    /// Manifests without a tag. What nothing needs goes first; with it goes its hold on others, of which then perhaps nothing needs some, until none is
    /// left that may go. Where two hold each other, as a subject and what refers to it do, both stay.
    /// </summary>
    public static PurgePlan OfManifests(RepositoryFacts facts, PurgeRules rules)
    {
        var repository = facts.Repository.Name.Value;
        var graph = new HolderGraph(facts);
        var tagged = facts.Tags.Select(tag => tag.Digest).ToHashSet();
        var waiting = facts.Manifests.Values.Where(manifest => rules.IsOldEnough(manifest) && !tagged.Contains(manifest.Digest))
            .OrderBy(manifest => manifest.UpdatedAt).ThenBy(manifest => manifest.Digest, StringComparer.Ordinal).ToList();
        var mayGo = waiting.Where(manifest => OwnReasonFor(manifest, facts, rules) is null).Select(manifest => manifest.Digest).ToHashSet();
        var free = new Queue<string>(waiting.Select(manifest => manifest.Digest).Where(digest => mayGo.Contains(digest) && graph.IsFree(digest)));
        var removed = new List<PurgedItem>();
        while (free.TryDequeue(out var digest))
        {
            removed.Add(new PurgedItem(repository, null, digest));
            mayGo.Remove(digest);
            foreach (var other in graph.Remove(digest).Where(mayGo.Contains))
                free.Enqueue(other);
        }
        var gone = removed.Select(item => item.Digest).ToHashSet();
        return new PurgePlan(removed, [.. waiting.Where(manifest => !gone.Contains(manifest.Digest)).Select(manifest => new KeptItem(
            repository, null, manifest.Digest, OwnReasonFor(manifest, facts, rules) ?? graph.ReasonFor(manifest)))]);
    }

    private static KeepReason? ReasonFor(TagFact tag, RepositoryFacts facts, PurgeRules rules)
    {
        var (name, manifest) = (TagName.Parse(tag.Name), facts.Manifests.GetValueOrDefault(tag.Digest));
        if (IsLocked(facts, tag.Locks | (manifest?.Locks ?? ItemLocks.None), rules))
            return KeepReason.Locked;
        if (rules.IsWriteOnce(name))
            return KeepReason.WriteOnce;
        return facts.SigningTags.Contains(tag.Name) || rules.IsGuarded(SignatureTags.KindOf(name)) || rules.IsGuarded(manifest?.SignatureKind ?? SignatureKind.None)
            ? KeepReason.Signature
            : null;
    }

    private static KeepReason? OwnReasonFor(ManifestFact manifest, RepositoryFacts facts, PurgeRules rules)
    {
        if (IsLocked(facts, manifest.Locks, rules))
            return KeepReason.Locked;
        return rules.IsGuarded(manifest.SignatureKind) ? KeepReason.Signature : null;
    }

    private static bool IsLocked(RepositoryFacts facts, ItemLocks locks, PurgeRules rules) =>
        ((rules.IncludeLocked ? ItemLocks.None : locks) | facts.Repository.Locks) is var all && (all & (ItemLocks.Delete | ItemLocks.Write)) != 0;
}
