using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Usage;

/// <summary>What the registries of the installation hold, for whoever operates it.</summary>
public sealed class RegistrySizes(IMetadataDatabase database)
{
    /// <summary>The largest, by name.</summary>
    /// <exception cref="Oci.OciException">The database cannot be read.</exception>
    public Task<IReadOnlyList<(string Name, long SizeBytes)>> ReadAsync(int count) => database.ReadAsync<IReadOnlyList<(string, long)>>(async db => (await db.QueryAsync<(string, long)>(
        "SELECT name, size_bytes FROM registry WHERE deleted_at IS NULL ORDER BY size_bytes DESC, id LIMIT @count", new { count })).AsList());
}
