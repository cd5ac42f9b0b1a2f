using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>A row of <c>resource_group</c>.</summary>
internal sealed record ResourceGroupRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Location { get; init; }
    public required string Labels { get; init; }

    public static IReadOnlyList<ResourceGroup> ReadAll(DbConnection db) =>
        [.. db.Query<ResourceGroupRow>("SELECT id, name, location, labels FROM resource_group").Select(row => row.ToGroup())];

    public static bool Exists(DbConnection db, Guid id) => db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM resource_group WHERE id = @id)", new { id }) != 0;

    private ResourceGroup ToGroup() => new(Id, Name, Location, JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(Labels)!);
}
