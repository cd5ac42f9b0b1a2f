using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Retention;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>Deletes for good what is in the recycle bin, before its time, when somebody asks for it. A request does a bounded piece; whoever asks goes on asking.</summary>
public sealed class BinPurge(IMetadataDatabase database, KeyRing keys, TimeProvider clock)
{
    /// <summary>Items of a page.</summary>
    public const int PageSize = 1_000;

    // Each is one transaction behind which other writers wait.
    private const int Batch = 100;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    internal int Limit { get; init; } = PageSize;

    /// <param name="removed">Called for each whose removal is durable, also when a later one fails. Tags that go with their manifest are not told.</param>
    /// <exception cref="InvalidValueException">The request cannot be used.</exception>
    /// <exception cref="OciException"><c>Denied</c>, or the database cannot be written.</exception>
    /// <exception cref="KeyUnavailableException">The registry's key may not be used: what cannot be read is not removed.</exception>
    public async Task<BinPurgePage> RunAsync(ManagementAccess access, BinPurgeRequest request, Func<PurgedItem, ValueTask> removed, CancellationToken cancellationToken)
    {
        access.Demand(ManagementActions.PurgeDeleted);
        var registry = access.Registry ?? throw new OciException(OciErrors.Denied);
        keys.Demand(registry.Id);
        var (asOf, start) = (request.MomentAt(clock.GetUtcNow()), clock.GetTimestamp());
        if (request.DryRun)
            return await CountAsync(registry, request, asOf);
        var page = new BinPurgePage(0, 0, 0, asOf, IsComplete: false);
        while (!page.IsComplete)
        {
            var (gone, freed) = await database.WriteAsync(db => RemoveSome(db, registry, request, asOf));
            foreach (var item in gone)
                await removed(item);
            var tags = gone.Count(item => item.Tag is not null);
            page = page with { Manifests = page.Manifests + gone.Count - tags, Tags = page.Tags + tags, FreedBytes = page.FreedBytes + freed, IsComplete = gone.Count < Batch };
            if (page.Manifests + page.Tags >= Limit || clock.GetElapsedTime(start) > Budget || cancellationToken.IsCancellationRequested)
                break;
        }
        return page;
    }

    private async Task<BinPurgePage> CountAsync(Registry registry, BinPurgeRequest request, DateTimeOffset asOf)
    {
        var (manifests, tags) = await database.ReadAsync(db => Task.FromResult(BinRemoval.CountDue(db, registry.Id, request.Repository?.Value, asOf)));
        return new BinPurgePage(manifests, tags, FreedBytes: 0, asOf, IsComplete: true);
    }

    // A registry that was deleted meanwhile has its bin with it.
    private (List<PurgedItem> Gone, long FreedBytes) RemoveSome(DbConnection db, Registry registry, BinPurgeRequest request, DateTimeOffset asOf)
    {
        if (SizeOf(db, registry) is not { } before)
            return ([], 0);
        var gone = BinRemoval.RemoveDue(db, registry.Id, request.Repository?.Value, asOf, Batch, clock.GetUtcNow());
        return (gone, before - SizeOf(db, registry)!.Value);
    }

    private static long? SizeOf(DbConnection db, Registry registry) =>
        db.ExecuteScalar<long?>("SELECT size_bytes FROM registry WHERE id = @Id AND deleted_at IS NULL", new { registry.Id });
}
