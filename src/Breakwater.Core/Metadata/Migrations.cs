using EvolveDb;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

/// <summary>Numbered, immutable SQL scripts, embedded in this assembly and run in order by Evolve.</summary>
internal static class Migrations
{
    public static void Apply(SqliteConnection connection)
    {
        var evolve = new Evolve(connection)
        {
            EmbeddedResourceAssemblies = [typeof(Migrations).Assembly],
            EmbeddedResourceFilters = ["Breakwater.Core.Metadata.Migrations"],
            IsEraseDisabled = true,
            MetadataTableName = "schema_history",
        };
        evolve.Migrate();
    }
}
