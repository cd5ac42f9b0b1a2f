using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;
using EvolveDb;
using EvolveDb.Migration;

namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>A data directory that another version left, with something in its recycle bin.</summary>
public sealed class BinUpgradeTests : SoftDeleteTest
{
    [Theory]
    [InlineData("16")]
    [InlineData("19")]
    [InlineData("22")]
    public async Task Open_DataDirectoryFromBefore_RestoresWhatIsInItsBin(string version)
    {
        await SetSoftDeleteAsync();
        var (image, other) = (await Here.PushImageAsync("a", "v1"), await Here.PushImageAsync("a", "v2", seed: 2));
        var body = (await FindAsync("v1"))!;
        await DeleteAsync(image);
        await UntagAsync("v2");
        var (size, bin) = (await SizeAsync(), await BinTagsAsync());
        await Here.Open.DisposeAsync();
        TakeBack(version);

        await Here.ReopenAfterCloseAsync();

        Assert.Equal(size, await SizeAsync());
        Assert.Equal([image.Value], await BinAsync());
        Assert.Equal(bin, await BinTagsAsync());
        Assert.NotNull(await RestoreAsync(image));
        Assert.NotNull(await RestoreAsync(other, "v2"));
        Assert.Equal(body, await FindAsync("v1"));
        Assert.Equal(70_000, (await Here.PullAsync("a", DigestOfLayer(body)))!.Length);
        Assert.Empty(await BinTagsAsync());
        await Here.AssertSoundAsync();
    }

    private static Digest DigestOfLayer(byte[] body) => ManifestParser.Parse(body, null).Edges.Single(edge => edge.Kind == EdgeKind.Layer).Target;

    /// <summary>Puts what is there into a database as that version had it. Its files and keys stay as they are.</summary>
    private void TakeBack(string version)
    {
        var (path, newer) = (Here.Directory.Database, Here.InFolder("newer.db"));
        SqliteDatabase.Settle(path);
        File.Move(path, newer);
        using var db = SqliteConnections.OpenWriter(path);
        new Evolve(db)
        {
            EmbeddedResourceAssemblies = [typeof(SqliteDatabase).Assembly],
            EmbeddedResourceFilters = ["Breakwater.Core.Metadata.Migrations"],
            MetadataTableName = "schema_history",
            TargetVersion = new MigrationVersion(version),
        }.Migrate();
        db.Execute("PRAGMA foreign_keys = OFF; ATTACH @newer AS newer;", new { newer });
        foreach (var table in db.Query<string>("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_history'").ToList())
        {
            var columns = string.Join(", ", db.Query<string>(
                "SELECT o.name FROM pragma_table_info(@table, 'main') o JOIN pragma_table_info(@table, 'newer') n ON n.name = o.name", new { table }));
            if (columns.Length > 0)
                db.Execute($"DELETE FROM main.{table}; INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table};");
        }
    }
}
