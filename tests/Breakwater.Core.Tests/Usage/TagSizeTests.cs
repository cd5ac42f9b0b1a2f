using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Usage;
using Dapper;

namespace Breakwater.Core.Tests.Usage;

/// <summary>How far the bytes of a tag are counted: by what is looked at, not by what comes of it.</summary>
public sealed class TagSizeTests : InstallationTest
{
    // Manifests m1, m2, …, of one byte each; v1 means m1.
    private const string Numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)";

    private static readonly Guid Repository = Guid.NewGuid();

    [Theory]
    [InlineData(TagSize.MaxManifests - 1, true)]
    [InlineData(TagSize.MaxManifests, true)]
    [InlineData(TagSize.MaxManifests + 1, false)]
    public async Task Read_ChainOfIndexes_CountsAsManyManifestsAsItMay(int count, bool isCounted)
    {
        await AddManifestsAsync(count);
        await AddEdgesAsync($"{Numbers} SELECT @Repository, 'm' || i, 2, 'm' || (i + 1), 0 FROM n WHERE i < @count", new { Repository, count });
        Assert.Equal(isCounted ? new TagSize(count, count) : null, await ReadAsync());
    }

    [Theory]
    [InlineData(TagSize.MaxEdges - 1, true)]
    [InlineData(TagSize.MaxEdges, true)]
    [InlineData(TagSize.MaxEdges + 1, false)]
    public async Task Read_FewManifestsThatNameMuchThatIsNotThere_LooksAtAsManyEdgesAsItMay(int edges, bool isCounted)
    {
        // Eleven manifests, and nothing of what they name beyond: few results, however much is looked at.
        await AddManifestsAsync(11);
        await AddEdgesAsync($"{Numbers} SELECT @Repository, 'm1', 2, 'm' || (i + 1), 0 FROM n", new { Repository, count = 10 });
        await AddEdgesAsync($"{Numbers} SELECT @Repository, 'm' || (2 + i % 10), i % 3, 'absent' || i, 0 FROM n", new { Repository, count = edges - 10 });
        Assert.Equal(isCounted ? new TagSize(11, 11) : null, await ReadAsync());
    }

    [Fact]
    public async Task Read_SharedChild_IsNotTheTagsAlone()
    {
        await AddManifestsAsync(4);
        await AddEdgesAsync("VALUES (@Repository, 'm1', 2, 'm2', 0), (@Repository, 'm1', 2, 'm3', 0), (@Repository, 'm4', 2, 'm3', 0)", new { Repository });
        Assert.Equal(new TagSize(3, 2), await ReadAsync());
    }

    /// <summary>What refers to a manifest, or names it as a layer, is no index that holds it: it is not even looked at.</summary>
    [Fact]
    public async Task Sql_LooksForHolders_ByTheirKind()
    {
        var plan = await Here.Open.Database.ReadAsync(async db => (await db.QueryAsync<(int, int, int, string Detail)>("EXPLAIN QUERY PLAN " + TagSize.Sql, new { repositoryId = Repository, tag = "v1", found = "[]", TagSize.MaxBlobs })).Select(row => row.Detail).ToList());
        var holders = plan.Where(line => line.Contains(" p USING ", StringComparison.Ordinal) || line.Contains(" x USING ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, holders.Count);
        Assert.All(holders, line => Assert.EndsWith("manifest_edge_target (repository_id=? AND target=? AND kind=?)", line, StringComparison.Ordinal));
    }

    private async Task AddManifestsAsync(int count)
    {
        await Here.ExecuteAsync("INSERT INTO repository (id, registry_id, name, created_at) VALUES (@Repository, @Id, 'a', 1)", new { Repository, Here.Open.Registries.First.Id });
        await Here.ExecuteAsync(
            $"""
            {Numbers} INSERT INTO manifest (repository_id, digest, media_type, size_bytes, epoch, body, body_id, created_at, updated_at, signature_kind) SELECT @Repository, 'm' || i, 'x', 1, 1, x'00', 'b' || i, 1, 1, 0 FROM n;
            INSERT INTO tag (repository_id, name, manifest_digest, created_at, updated_at) VALUES (@Repository, 'v1', 'm1', 1, 1);
            """,
            new { Repository, count });
    }

    private Task<int> AddEdgesAsync(string rows, object parameters) => Here.ExecuteAsync($"INSERT INTO manifest_edge (repository_id, manifest_digest, kind, target, required) {rows}", parameters);

    private Task<TagSize?> ReadAsync() => Here.Open.Database.ReadAsync(db => Task.FromResult(TagSize.Read(db, Repository, "v1", "m1")));
}
