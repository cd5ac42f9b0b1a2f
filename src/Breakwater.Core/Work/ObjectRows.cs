using System.Data.Common;
using Breakwater.Core.Blobs;
using Dapper;

namespace Breakwater.Core.Work;

/// <summary>Statements about objects for the file remover and the sweeper.</summary>
internal static class ObjectRows
{
    /// <summary>Whether any row means the file: live, part of an upload, or already on its way out.</summary>
    public static bool IsKnown(DbConnection db, Guid id) => db.ExecuteScalar<long>(
        """
        SELECT EXISTS (SELECT 1 FROM object WHERE id = @id) OR EXISTS (SELECT 1 FROM upload_run WHERE object_id = @id)
            OR EXISTS (SELECT 1 FROM object_part WHERE part_id = @id) OR EXISTS (SELECT 1 FROM discarded_object WHERE id = @id)
        """,
        new { id }) != 0;

    public static IReadOnlyList<Guid> Discarded(DbConnection db, DateTimeOffset before, int limit) =>
        [.. db.Query<string>(
            """
            SELECT id FROM discarded_object d WHERE discarded_at <= @before
                AND NOT EXISTS (SELECT 1 FROM object o WHERE o.id = d.id) AND NOT EXISTS (SELECT 1 FROM object_part p WHERE p.part_id = d.id)
            ORDER BY discarded_at LIMIT @limit
            """,
            new { before, limit }).Select(id => Guid.ParseExact(id, "N"))];

    public static bool Forget(DbConnection db, IReadOnlyList<Guid> ids)
    {
        foreach (var id in ids)
            db.Execute("DELETE FROM discarded_object WHERE id = @id", new { id });
        return true;
    }

    /// <summary>Ends stored sessions that are older.</summary>
    /// <param name="isKept">By session and registry: a request has loaded it, or it is left alone.</param>
    public static int ExpireUploads(DbConnection db, DateTimeOffset before, DateTimeOffset now, Func<Guid, Guid, bool> isKept)
    {
        var ids = db.Query<(string Id, string Registry)>("SELECT id, registry_id FROM upload WHERE created_at < @before", new { before })
            .Where(row => !isKept(Guid.ParseExact(row.Id, "N"), Guid.ParseExact(row.Registry, "N"))).Select(row => Guid.ParseExact(row.Id, "N")).ToList();
        foreach (var id in ids)
        {
            db.Execute("INSERT INTO discarded_object (id, discarded_at) SELECT object_id, @now FROM upload_run WHERE upload_id = @id ON CONFLICT DO NOTHING", new { id, now });
            UploadRows.Delete(db, id);
        }
        return ids.Count;
    }
}
