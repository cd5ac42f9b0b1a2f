using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Rotation;

/// <summary>Begins rotations of root keys and tells how far they are; <see cref="RotationRun"/> does the work.</summary>
public sealed class RootKeyRotations(IMetadataDatabase database, RegistryKeys registryKeys, KeyRing ring, TimeProvider clock)
{
    // A move to another key-encryption key may come in between, and another; not for ever.
    private const int Attempts = 3;

    /// <summary>The last rotation of the registry, under way or ended.</summary>
    /// <returns>Null when its root key was never exchanged.</returns>
    public Task<RootKeyRotation?> FindAsync(ManagementAccess access)
    {
        access.Demand(ManagementActions.RegistriesRead);
        return database.ReadAsync(db => RotationRows.FindAsync(db, access.Registry!.Id));
    }

    /// <summary>Gives the registry a new root key, wrapped as the one that it has. From its return on new content is under it; what there is follows.</summary>
    /// <returns>Null when a rotation is under way.</returns>
    /// <exception cref="InvalidValueException">The registry's key may not be used.</exception>
    /// <exception cref="OciException"><c>Unavailable</c>: its key store gave no answer, or its key is being changed.</exception>
    public async Task<RootKeyRotation?> BeginAsync(ManagementAccess access, CancellationToken cancellationToken)
    {
        access.Demand(ManagementActions.RegistriesWrite);
        var id = access.Registry!.Id;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await database.ReadAsync(db => Task.FromResult(RotationRows.IsUnderWay(db, id))))
                return null;
            if (await TryBeginAsync(id, cancellationToken) is { } begun)
                return begun;
        }
        throw new OciException(OciErrors.Unavailable, "The registry's key is being changed. Nothing was done; try again.");
    }

    private async Task<RootKeyRotation?> TryBeginAsync(Guid id, CancellationToken cancellationToken)
    {
        var before = await database.ReadAsync(db => RootKeyRows.FindAsync(db, id, epoch: null)) ?? throw new OciException(OciErrors.Unavailable, "The registry is being deleted.");
        var epoch = before.Epoch + 1;
        var target = await registryKeys.OfAsync(before, cancellationToken);
        var store = await ring.PrepareAsync(id, target, epoch, cancellationToken);
        var total = await database.ReadAsync(db => RotationRows.CountAsync(db, id, epoch));
        if (!await database.WriteAsync(db => Begin(db, id, before, total, store)))
            return null;
        ring.Advance(id, epoch);
        await HoldAsync(id, cancellationToken);
        return await database.ReadAsync(db => RotationRows.FindAsync(db, id));
    }

    // In memory at once: when the store falls silent, keys that are there serve for a while.
    private async Task HoldAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await ring.CurrentAsync(id, cancellationToken);
        }
        catch (KeyUnavailableException)
        {
            // Whoever needs it is told.
        }
    }

    private bool Begin(DbConnection db, Guid id, RootKeyRow before, (long Items, long Bytes) total, Func<DbConnection, int> store)
    {
        // Another rotation, or another wrapping: under the old key-encryption key the new root key must not stay behind.
        if (RotationRows.IsUnderWay(db, id) || RootKeyRows.ReadAll(db, id) is not [.., var now] || !now.IsSame(before))
            return false;
        store(db);
        RotationRows.Begin(db, id, before.Epoch + 1, total, clock.GetUtcNow());
        return true;
    }
}
