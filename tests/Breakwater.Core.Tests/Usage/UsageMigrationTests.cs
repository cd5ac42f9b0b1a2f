using Breakwater.Core.Metadata;
using Breakwater.Core.Work;
using Dapper;
using EvolveDb;
using EvolveDb.Migration;

namespace Breakwater.Core.Tests.Usage;

/// <summary>What an installation has that was there before pulls were counted.</summary>
public sealed class UsageMigrationTests
{
    private const string Before = "14";

    [Fact]
    public async Task Open_DatabaseFromBefore_CountsWhatIsThereAndBeginsToday()
    {
        var path = Path.Combine(TestFolder.Create(), "metadata.db");
        var start = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToUnixTimeMilliseconds();
        Fill(path);

        await using var database = SqliteDatabase.Open(path);

        Assert.Equal([("a", 30, 20, 1, 2), ("b", 25, 20, 1, 0)], await database.ReadAsync(async db =>
            (await db.QueryAsync<(string, long, long, long, long)>("SELECT name, size_bytes, shared_bytes, manifest_count, tag_count FROM repository ORDER BY name")).ToList()));
        Assert.Equal((7, 9), await database.ReadAsync(db => db.QueryFirstAsync<(long, long)>("SELECT (SELECT last_pushed_at FROM repository WHERE name = 'a'), last_pushed_at FROM registry")));
        Assert.InRange(await database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT counted_since FROM registry")), start - 1000, start + 60_000);
        foreach (var (invariant, sql) in DatabaseChecks.All)
            Assert.Equal((invariant, 0), (invariant, (await database.ReadAsync(db => db.QueryAsync<string>(sql))).Count()));
    }

    private static void Fill(string path)
    {
        using var db = SqliteConnections.OpenWriter(path);
        new Evolve(db)
        {
            EmbeddedResourceAssemblies = [typeof(SqliteDatabase).Assembly],
            EmbeddedResourceFilters = ["Breakwater.Core.Metadata.Migrations"],
            MetadataTableName = "schema_history",
            TargetVersion = new MigrationVersion(Before),
        }.Migrate();
        db.Execute(
            """
            INSERT INTO registry (id, name, size_bytes, created_at) VALUES ('g', 'local', 35, 1);
            INSERT INTO root_key (owner_id, epoch, provider, key_version, wrapped, check_value, created_at) VALUES ('g', 1, 'file', 'k1', x'00', x'00', 1);
            INSERT INTO repository (id, registry_id, name, size_bytes, manifest_count, created_at) VALUES ('r1', 'g', 'a', 30, 1, 1), ('r2', 'g', 'b', 25, 1, 1);
            INSERT INTO object (id, registry_id, digest, size_bytes, epoch, created_at) VALUES ('o1', 'g', 'd1', 20, 1, 1), ('o2', 'g', 'd2', 5, 1, 1);
            INSERT INTO blob_link (repository_id, digest, object_id, created_at) VALUES ('r1', 'd1', 'o1', 1), ('r2', 'd1', 'o1', 1), ('r1', 'd2', 'o2', 1);
            INSERT INTO manifest (repository_id, digest, media_type, size_bytes, epoch, body, body_id, created_at, updated_at, signature_kind)
                VALUES ('r1', 'm1', 'x', 5, 1, x'00', 'b1', 1, 7, 0), ('r2', 'm2', 'x', 5, 1, x'00', 'b2', 1, 9, 0);
            INSERT INTO manifest_edge (repository_id, manifest_digest, kind, target, required) VALUES ('r1', 'm1', 0, 'd1', 1), ('r1', 'm1', 1, 'd2', 1), ('r2', 'm2', 0, 'd1', 1);
            INSERT INTO tag (repository_id, name, manifest_digest, created_at, updated_at) VALUES ('r1', 'v1', 'm1', 1, 3), ('r1', 'v2', 'm1', 1, 4);
            """);
    }
}
