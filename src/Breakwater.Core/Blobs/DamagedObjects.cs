using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Blobs;

/// <summary>
/// Remembers stored content that turned out to be damaged. To a client that pushes it is then absent, so that the client sends it again, and
/// the new copy takes the place of the damaged one.
/// </summary>
public sealed class DamagedObjects(IMetadataDatabase database, CoherentCache cache, TimeProvider clock)
{
    /// <param name="partId">The object, or one of its parts.</param>
    /// <returns>False when there is no such object: it was deleted.</returns>
    internal async Task<bool> RecordAsync(Guid partId)
    {
        try
        {
            var links = await database.WriteAsync(db => Record(db, partId));
            foreach (var link in links)
                cache.Invalidate(link);
            return links.Count > 0;
        }
        catch (OciException)
        {
            // The database cannot be written now. Whoever reads the content next finds out again.
            return true;
        }
    }

    private IReadOnlyList<BlobKey> Record(DbConnection db, Guid partId)
    {
        var objectId = db.QueryFirstOrDefault<string>(
            "SELECT id FROM object WHERE id = @partId UNION ALL SELECT object_id FROM object_part WHERE part_id = @partId", new { partId });
        if (objectId is null)
            return [];
        db.Execute(
            "INSERT INTO damaged_object (object_id, found_at) VALUES (@objectId, @now) ON CONFLICT DO NOTHING", new { objectId, now = clock.GetUtcNow() });
        return BlobRows.LinksOf(db, Guid.ParseExact(objectId, "N"));
    }
}
