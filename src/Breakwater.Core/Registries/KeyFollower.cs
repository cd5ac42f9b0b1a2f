using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>Looks for new versions of keys and wraps root keys by them: of customers' keys whose identifiers name no version, and of the service's own.</summary>
public sealed class KeyFollower(IMetadataDatabase database, RegistryDirectory registries, RegistryStore store, RegistryKeys keys, KeyRing ring)
{
    private const int Batch = 200;

    /// <param name="moved">Called for each registry after its new wrapping is durable.</param>
    /// <param name="failed">Called for each key that could not be followed; the others are.</param>
    public async Task RunAsync(Action<Registry> moved, Action<Registry, Exception> failed, CancellationToken cancellationToken)
    {
        await FollowServiceKeyAsync(cancellationToken);
        // A key is asked about once, however many registries are under it.
        var groups = registries.All.Where(registry => registry.Encryption is not null && ring.ProblemOf(registry.Id) is null)
            .GroupBy(registry => (registry.Encryption!.KeyIdentifier, registry.Encryption.VersionedIdentifier)).Select(group => group.ToList());
        foreach (var group in groups)
            await FollowAsync(group, moved, failed, cancellationToken);
    }

    private async Task FollowAsync(List<Registry> group, Action<Registry> moved, Action<Registry, Exception> failed, CancellationToken cancellationToken)
    {
        KeyTarget? target = null;
        foreach (var registry in group)
        {
            try
            {
                target ??= await keys.FollowAsync(registry.Encryption!, registry.Name, cancellationToken);
                if (target is null)
                    return;
                if (await store.FollowKeyAsync(registry.Id, registry.Encryption!, target, cancellationToken) is { } after)
                    moved(after);
            }
            catch (Exception e) when (e is InvalidValueException or OciException)
            {
                failed(registry, e);
                if (target is null)
                    return;
            }
        }
    }

    private async Task FollowServiceKeyAsync(CancellationToken cancellationToken)
    {
        var target = KeyTarget.Service(ring.Providers);
        while (await OutdatedAsync(target) is { Count: > 0 } owners)
        {
            var moves = new List<KeyMove>(owners.Count);
            foreach (var owner in owners)
                moves.Add(await KeyMoves.PrepareAsync(database, ring.Providers, owner, target, cancellationToken));
            // One that was moved by somebody else meanwhile is looked at again.
            if (await database.WriteAsync(db => moves.Count(move => move.Apply(db))) == 0)
                return;
        }
    }

    private Task<IReadOnlyList<Guid>> OutdatedAsync(KeyTarget target) => database.ReadAsync<IReadOnlyList<Guid>>(db => Task.FromResult<IReadOnlyList<Guid>>(
        [.. db.Query<string>("SELECT DISTINCT owner_id FROM root_key WHERE provider = @Name AND key_version <> @Version LIMIT @Batch", new { target.Provider.Name, target.Version.Version, Batch })
            .Select(id => Guid.ParseExact(id, "N"))]));
}
