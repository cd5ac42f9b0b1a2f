using EvolveDb;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

/// <summary>Numbered, immutable SQL scripts, embedded in this assembly and run in order by Evolve.</summary>
internal static class Migrations
{
    /// <exception cref="InvalidDataException">The database was made by another version; nothing was changed.</exception>
    public static void Apply(SqliteConnection connection)
    {
        var evolve = new Evolve(connection)
        {
            EmbeddedResourceAssemblies = [typeof(Migrations).Assembly],
            EmbeddedResourceFilters = ["Breakwater.Core.Metadata.Migrations"],
            IsEraseDisabled = true,
            MetadataTableName = "schema_history",
        };
        try
        {
            evolve.Migrate();
        }
        catch (EvolveValidationException e)
        {
            throw new InvalidDataException($"The database does not fit this version: {e.Message} Start the version that wrote it, or restore a backup.", e);
        }
    }
}
