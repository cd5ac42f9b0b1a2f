using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Keys;

/// <summary>Wraps the root keys that are under the service's key by its newest version.</summary>
internal sealed class ServiceKeyFollower(IMetadataDatabase database, KeyRing ring)
{
    // One transaction behind which other writers wait.
    private const int Batch = 200;

    /// <returns>How many owners' keys were wrapped anew.</returns>
    /// <exception cref="KeyUnavailableException">The old version is not in the key file any more.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (target, count) = (KeyTarget.Service(ring.Providers), 0);
        while (await OutdatedAsync(target) is { Count: > 0 } owners)
        {
            var moves = new List<KeyMove>(owners.Count);
            foreach (var owner in owners)
                // A registry that came under its customer's key since it was found stays there.
                moves.Add(await KeyMoves.PrepareAsync(database, ring.Providers, owner, target, cancellationToken, row => row.Provider == target.Provider.Name));
            // One that was moved by somebody else meanwhile is looked at again.
            var moved = await database.WriteAsync(db => moves.Count(move => move.Steps.Count > 0 && move.Apply(db)));
            if (moved == 0)
                break;
            count += moved;
        }
        return count;
    }

    private Task<IReadOnlyList<Guid>> OutdatedAsync(KeyTarget target) => database.ReadAsync<IReadOnlyList<Guid>>(db => Task.FromResult<IReadOnlyList<Guid>>(
        [.. db.Query<string>("SELECT DISTINCT owner_id FROM root_key WHERE provider = @Name AND key_version <> @Version LIMIT @Batch", new { target.Provider.Name, target.Version.Version, Batch })
            .Select(id => Guid.ParseExact(id, "N"))]));
}
