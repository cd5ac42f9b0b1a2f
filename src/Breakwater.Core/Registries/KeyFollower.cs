using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Oci;

namespace Breakwater.Core.Registries;

/// <summary>Looks for new versions of keys and wraps root keys by them: of customers' keys whose identifiers name no version, and of the service's own.</summary>
public sealed class KeyFollower(IMetadataDatabase database, RegistryDirectory registries, RegistryStore store, RegistryKeys keys, KeyRing ring)
{
    /// <param name="moved">Called for each registry after its new wrapping is durable.</param>
    /// <param name="failed">Called for each key that could not be followed; the others are.</param>
    public async Task RunAsync(Action<Registry> moved, Action<Registry, Exception> failed, CancellationToken cancellationToken)
    {
        await new ServiceKeyFollower(database, ring).RunAsync(cancellationToken);
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
}
