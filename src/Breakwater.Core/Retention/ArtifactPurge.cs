using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Events;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Manifests;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tags;
using Breakwater.Core.Usage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Retention;

/// <summary>
/// Removes tags and manifests by filters and age. One request does a bounded piece and says where the next one goes on, so nothing has to be kept for it
/// between, and whoever asks may go away.
/// </summary>
public sealed class ArtifactPurge(IMetadataDatabase database, KeyRing keys, ManifestStore manifests, TagStore tags, PullCounts pulls, TimeProvider clock)
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 1_000;

    // Removals that wait together share a commit.
    private const int Batch = 50;
    private const int NamesAtOnce = 500;

    private const string OldEnough = $"m.updated_at <= @at AND {LastUse.OfManifest} <= @since";

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    internal int Limit { get; init; } = PageSize;

    /// <param name="origin">What webhooks are told about where it came from.</param>
    /// <param name="removed">Called for each removal that is durable, also when a later one fails.</param>
    /// <exception cref="InvalidValueException">The request says nothing, or cannot be used.</exception>
    /// <exception cref="OciException"><c>Denied</c>, or the database cannot be written.</exception>
    /// <exception cref="KeyUnavailableException">The registry's key may not be used: what cannot be read is not removed.</exception>
    public async Task<PurgePage> RunAsync(ManagementAccess access, PurgeRequest request, EventRequest? origin, Func<PurgedItem, ValueTask> removed, CancellationToken cancellationToken)
    {
        access.Demand(ManagementActions.PurgeArtifacts);
        request.Require();
        keys.Demand(access.Registry!.Id);
        var start = clock.GetTimestamp();
        var at = request.From ?? request.Start(clock.GetUtcNow());
        var (page, removal) = (new PurgePageBuilder(Limit, request.MomentOf(at)), new Removal(origin, removed, () => clock.GetElapsedTime(start) > Budget || cancellationToken.IsCancellationRequested));
        if (request.NotPulledFor is not null && await CountedSinceAsync(access.Registry!, page) > request.UnusedSince(at.Cutoff))
            return page.End(null);
        while (true)
        {
            if (await NextAsync(access, request, at) is not { } repository)
            {
                if (at.Phase == PurgePhase.Manifests || !request.Untagged)
                    return page.End(null);
                at = new PurgeCursor(PurgePhase.Manifests, at.Cutoff, "");
                continue;
            }
            at = await RunAsync(access, request, at.To(repository.Name.Value), repository, page, removal);
            if (page.Room <= 0 || removal.MustEnd())
                return page.End(at);
        }
    }

    private async Task<PurgeCursor> RunAsync(ManagementAccess access, PurgeRequest request, PurgeCursor at, Repository repository, PurgePageBuilder page, Removal removal)
    {
        if (RepositoryAccess.Decide(Housekeeping.ByPurge(access, repository.Name), access.Registry!, repository.Name, RepositoryActions.Delete) is not { } proof)
            throw new OciException(OciErrors.Denied);
        var rules = new PurgeRules(
            repository.Name, proof.Allows(RepositoryActions.Sign), FiltersFor(request, repository.Name.Value), at.Cutoff, request.UnusedSince(at.Cutoff), request.Keep, request.IncludeLocked, access.Registry!.Policies);
        var facts = await database.ReadAsync(db => RepositoryFacts.ReadAsync(db, repository, rules.IsMeant));
        var plan = Decide(facts, rules, request, at.Phase);
        var shown = request.DryRun ? Show(plan, at.Removed, page) : await RemoveAsync(plan, proof, rules, facts, page, removal);
        if (shown.Left > 0)
            return at with { Removed = request.DryRun ? at.Removed + shown.Done : 0 };
        var kept = page.AddKept(plan.Kept.Skip(at.Kept));
        return at.Kept + kept < plan.Kept.Count ? at with { Removed = request.DryRun ? plan.Removed.Count : 0, Kept = at.Kept + kept } : at.After(repository.Name.Value);
    }

    // In a real run the tags are gone when it comes to the manifests.
    private static PurgePlan Decide(RepositoryFacts facts, PurgeRules rules, PurgeRequest request, PurgePhase phase) =>
        phase == PurgePhase.Tags ? PurgePlan.OfTags(facts, rules)
        : PurgePlan.OfManifests(request.DryRun ? facts.Without(PurgePlan.OfTags(facts, rules).Removed) : facts, rules);

    private static (int Done, int Left) Show(PurgePlan plan, int from, PurgePageBuilder page)
    {
        var items = plan.Removed.Skip(from).Take(page.Room).ToList();
        items.ForEach(page.Add);
        return (items.Count, Math.Max(plan.Removed.Count - from - items.Count, 0));
    }

    private async Task<(int Done, int Left)> RemoveAsync(PurgePlan plan, RepositoryAccess proof, PurgeRules rules, RepositoryFacts facts, PurgePageBuilder page, Removal removal)
    {
        var (looked, gone) = (0, 0);
        foreach (var batch in plan.Removed.Take(page.Room).Chunk(Batch).ToList())
        {
            // However long it took to look at the repository: every request gets on.
            if (looked > 0 && removal.MustEnd())
                break;
            looked += batch.Length;
            if (rules.UnusedSince < DateTimeOffset.MaxValue)
                await pulls.WriteAsync();
            // The writer takes them in this order: an index goes before its children.
            foreach (var (item, isGone) in batch.Zip(await Finished.AllAsync(batch.Select(item => RemoveAsync(proof, rules, facts.Repository, item, removal.Origin)), batch, removal.Removed)))
            {
                if (!isGone)
                {
                    page.Add(new KeptItem(item.Repository, item.Tag, item.Digest, KeepReason.Changed));
                    continue;
                }
                gone++;
                page.Add(item);
            }
        }
        // Without any progress the next page would be the same.
        return (gone, gone == 0 ? 0 : plan.Removed.Count - looked);
    }

    private async Task<bool> RemoveAsync(RepositoryAccess proof, PurgeRules rules, Repository repository, PurgedItem item, EventRequest? origin)
    {
        var asked = rules.IncludeLocked ? ItemLocks.None : ItemLocks.Delete;
        try
        {
            return item.Tag is { } tag
                ? await tags.PurgeAsync(proof, repository, TagName.Parse(tag), db => IsAsSeen(db, repository, item, rules), asked)
                : await manifests.PurgeAsync(
                    proof, repository, Digest.Parse(item.Digest),
                    db => ManifestHolders.IsFree(db, repository.Id, item.Digest, OldEnough, rules.UnusedSince, rules.Cutoff), asked, origin);
        }
        catch (OciException e) when (PurgeRefusal.IsRefusal(e))
        {
            return false;
        }
    }

    /// <summary>Makes the last pulls count, and notes since when pulls do.</summary>
    private async Task<DateTimeOffset> CountedSinceAsync(Registry registry, PurgePageBuilder page)
    {
        await pulls.WriteAsync();
        var since = await database.ReadAsync(db => db.QueryFirstAsync<long>("SELECT COALESCE(counted_since, created_at) FROM registry WHERE id = @Id", new { registry.Id }));
        page.CountedSince = DateTimeOffset.FromUnixTimeMilliseconds(since);
        return page.CountedSince.Value;
    }

    private static bool IsAsSeen(DbConnection db, Repository repository, PurgedItem item, PurgeRules rules) =>
        db.ExecuteScalar<long>(
            $"SELECT EXISTS (SELECT 1 FROM tag t WHERE repository_id = @Id AND name = @Tag AND manifest_digest = @Digest AND updated_at <= @Cutoff AND {LastUse.OfTag} <= @UnusedSince)",
            new { repository.Id, item.Tag, item.Digest, rules.Cutoff, rules.UnusedSince }) != 0
        && !ManifestHolders.HasLivingSubject(db, repository, item.Tag!);

    /// <summary>The first repository from the cursor on that a filter means.</summary>
    private async Task<Repository?> NextAsync(ManagementAccess access, PurgeRequest request, PurgeCursor at)
    {
        var registry = access.Registry!.Id;
        for (var from = at.Repository; ;)
        {
            var rows = (await database.ReadAsync(db => db.QueryAsync<NameRow>(
                $"SELECT id, name, {ItemLockColumns.Value} AS locks FROM repository WHERE registry_id = @registry AND name >= @from ORDER BY name LIMIT @NamesAtOnce",
                new { registry, from, NamesAtOnce }))).AsList();
            if (rows.FirstOrDefault(row => FiltersFor(request, row.Name).Length > 0) is { } found)
                return new Repository(found.Id, registry, RepositoryName.Parse(found.Name), found.Locks);
            if (rows.Count < NamesAtOnce)
                return null;
            from = rows[^1].Name + PurgeCursor.Behind;
        }
    }

    private static ImmutableArray<PurgeFilter> FiltersFor(PurgeRequest request, string repository) => [.. request.Filters.Where(filter => filter.CoversRepository(repository))];

    private sealed record Removal(EventRequest? Origin, Func<PurgedItem, ValueTask> Removed, Func<bool> MustEnd);

    private sealed record NameRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public ItemLocks Locks { get; init; }
    }
}
