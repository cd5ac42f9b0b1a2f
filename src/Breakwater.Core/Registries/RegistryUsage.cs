using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Tiers;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>How much of what its tier holds a registry uses: counted by the statements that changes are judged by.</summary>
public sealed class RegistryUsage(IMetadataDatabase database)
{
    public Task<IReadOnlyList<UsageLine>> ReadAsync(ManagementAccess access)
    {
        access.Demand(ManagementActions.ListUsages);
        var registry = access.Registry!;
        return database.ReadAsync<IReadOnlyList<UsageLine>>(db => Task.FromResult<IReadOnlyList<UsageLine>>(
        [
            new("Size", db.ExecuteScalar<long>("SELECT size_bytes FROM registry WHERE id = @Id", new { registry.Id }), registry.Plan.Limits.IncludedBytes, IsBytes: true),
            .. TierRules.Count(db, registry),
        ]));
    }
}
