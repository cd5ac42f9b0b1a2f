using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>
/// Makes, changes and deletes registries. A change counts from the next request. A deleted registry answers nowhere and can be recovered, until
/// <see cref="RegistryErasure"/> destroys its keys.
/// </summary>
public sealed class RegistryStore(IMetadataDatabase database, RegistryDirectory registries, ResourceGroupDirectory groups, TierCatalog tiers, KeyRing keys, RegistryKeys registryKeys, PrincipalDirectory directory, AdminUsers admins, TimeProvider clock)
{
    /// <param name="location">What the client calls the place; null: the default.</param>
    /// <exception cref="InvalidValueException">The name or a value is not acceptable; the message says what to do.</exception>
    /// <exception cref="BeyondTierException">The tier lacks something that is asked for.</exception>
    public async Task<RegistryResult> CreateAsync(ManagementAccess access, string name, string? location, RegistryChange wanted)
    {
        var group = DemandInGroup(access, ManagementActions.RegistriesWrite);
        if (!RegistryName.IsValid(name))
            throw new InvalidValueException($"'{name}' is no name of a registry. Use {RegistryName.MinLength} to {RegistryName.MaxLength} letters and digits.");
        DisplayText.Require(location, "The location");
        var bare = new Registry(Guid.NewGuid(), name, 1) { GroupId = group.Id, GroupName = group.Name, Location = location ?? "local", CreatedAt = clock.GetUtcNow(), CreatedBy = access.Caller.Principal.Name };
        Check(access, bare, Encrypted(bare, wanted.Encryption), wanted);
        var target = await registryKeys.FindAsync(wanted.Encryption ?? new EncryptionChange(null), name, CancellationToken.None);
        var storeKey = await keys.PrepareAsync(bare.Id, target, epoch: 1, CancellationToken.None);
        return await registries.InTurnAsync(async () =>
        {
            var registry = Check(access, bare, Encrypted(bare, wanted.Encryption, target), wanted);
            // Its admin user comes with its passwords, after the row that they refer to.
            var outcome = await database.WriteAsync(db => Insert(db, registry with { AdminUserEnabled = false }, storeKey));
            if (outcome != RegistryOutcome.Done)
                return new RegistryResult(outcome);
            // It is there now, whatever becomes of the rest.
            await PublishAsync(registry with { AdminUserEnabled = false });
            if (!registry.AdminUserEnabled)
                return new RegistryResult(RegistryOutcome.Done, registry);
            await StoreAsync(registry, move: null, isOtherPlan: false, hasMoreRules: false);
            await PublishAsync(registry);
            return new RegistryResult(RegistryOutcome.Done, registry);
        });
    }

    /// <exception cref="InvalidValueException">A value is not acceptable; the message says what to do.</exception>
    /// <exception cref="BeyondTierException">The tier lacks something that is used or asked for, or holds less than there is.</exception>
    /// <exception cref="OciException"><c>Unavailable</c>: the key store of a key that was asked for gave no answer.</exception>
    public async Task<RegistryResult> ChangeAsync(ManagementAccess access, RegistryChange change)
    {
        access.Demand(ManagementActions.RegistriesWrite);
        // Before it is the change's turn: a key store may be slow, and other registries must not wait for it.
        var (target, move) = change.Encryption is { } encryption ? await PrepareMoveAsync(access, change, encryption) : (null, null);
        return await registries.InTurnAsync(async () =>
        {
            if (registries.Find(access.Registry!.Id) is not { } before)
                return new RegistryResult(RegistryOutcome.NotFound);
            if (change.IfRevision is { } seen && seen != before.Revision)
                return new RegistryResult(RegistryOutcome.RevisionDiffers);
            var after = Check(access, before, Encrypted(before, change.Encryption, target, move), change) with { Revision = before.Revision + 1, UpdatedAt = clock.GetUtcNow(), UpdatedBy = access.Caller.Principal.Name };
            if (change.LocksOut(before, after))
                return new RegistryResult(after.Network.IsPublic ? RegistryOutcome.LocksOutCaller : RegistryOutcome.ClosesToCaller);
            if (!await StoreAsync(after, move, after.Plan != before.Plan, after.Network.Rules.Rules.Length > before.Network.Rules.Rules.Length))
                return new RegistryResult(RegistryOutcome.KeyChanged);
            if (move is { Steps.Count: > 0 })
                await database.TryScrubAsync();
            await PublishAsync(after);
            return new RegistryResult(RegistryOutcome.Done, after);
        });
    }

    /// <summary>From the next request on it is not there, and its tokens have ended.</summary>
    public Task<RegistryOutcome> DeleteAsync(ManagementAccess access, int? ifRevision = null)
    {
        access.Demand(ManagementActions.RegistriesDelete);
        return registries.InTurnAsync(async () =>
        {
            if (registries.Find(access.Registry!.Id) is not { } registry)
                return RegistryOutcome.NotFound;
            if (registries.IsFirst(registry))
                return RegistryOutcome.IsFirst;
            if (ifRevision is { } seen && seen != registry.Revision)
                return RegistryOutcome.RevisionDiffers;
            await database.WriteAsync(db => db.Execute(
                "UPDATE registry SET deleted_at = @now, security_version = security_version + 1, revision = revision + 1, updated_at = @now, updated_by = @Name WHERE id = @Id",
                new { now = clock.GetUtcNow(), access.Caller.Principal.Name, registry.Id }));
            registries.Remove(registry);
            // Nobody watches over its key from now on.
            keys.Drop(registry.Id);
            await directory.RefreshAsync(Anonymous.Id);
            return RegistryOutcome.Done;
        });
    }

    /// <summary>Those that can be recovered, by name.</summary>
    public Task<IReadOnlyList<DeletedRegistry>> ListDeletedAsync(ManagementAccess access)
    {
        var group = DemandInGroup(access, ManagementActions.RegistriesRead);
        return database.ReadAsync<IReadOnlyList<DeletedRegistry>>(db => Task.FromResult<IReadOnlyList<DeletedRegistry>>([.. RegistryRow.ReadDeleted(db).Where(found => found.GroupId == group.Id)]));
    }

    /// <summary>Puts a deleted registry back as it was, but for its tokens. If its key store refuses its key by now, or is silent, it is back and closed.</summary>
    public async Task<RegistryResult> RecoverAsync(ManagementAccess access, string name)
    {
        var group = DemandInGroup(access, ManagementActions.RecoverRegistry);
        if (await FindDeletedAsync(group, name) is not { } deleted)
            return new RegistryResult(RegistryOutcome.NotFound);
        // Before it is its turn: a key store may be slow, and other registries must not wait for it.
        var problem = await AskKeyStoreAsync(deleted.Id);
        return await registries.InTurnAsync(async () =>
        {
            var recovered = await database.WriteAsync(db => Undelete(db, deleted.Id));
            if (recovered is null)
                return new RegistryResult(RegistryOutcome.NotFound);
            Settle(recovered.Id, problem);
            await PublishAsync(recovered);
            return new RegistryResult(RegistryOutcome.Done, recovered);
        });
    }

    /// <summary>The id of a deleted registry that is to be erased at once; null when there is none of that name.</summary>
    public async Task<Guid?> FindForPurgeAsync(ManagementAccess access, string name) =>
        (await FindDeletedAsync(DemandInGroup(access, ManagementActions.PurgeRegistry), name))?.Id;

    /// <summary>Whether a registry could be made under the name.</summary>
    /// <returns><see cref="RegistryOutcome.Done"/>, <see cref="RegistryOutcome.NameTaken"/> or <see cref="RegistryOutcome.NameDeleted"/>.</returns>
    public Task<RegistryOutcome> CheckNameAsync(string name) => database.ReadAsync(db => Task.FromResult(NameOutcome(db, name)));

    // What is about no registry that is there is not for whoever manages one.
    private ResourceGroup DemandInGroup(ManagementAccess access, string action)
    {
        if (access.Registry is not null || access.Scope.GroupId is not { } id || groups.Find(id) is not { } group)
            throw new OciException(OciErrors.Denied);
        access.Demand(action);
        return group;
    }

    /// <param name="encrypted">As it was, but for the key that it is to be under.</param>
    private Registry Check(ManagementAccess access, Registry before, Registry encrypted, RegistryChange change)
    {
        var after = change.Apply(encrypted, clock.GetUtcNow());
        EncryptionIdentity.Require(directory, before, after);
        // Tiers keep those who share the machine apart: whoever manages one registry must not choose how much of it that gets.
        if (after.Plan != before.Plan && !access.Allows(RoleScope.OfGroup(before.GroupId), ManagementActions.RegistriesWrite))
            throw new OciException(OciErrors.Denied, "The tier is changed by whoever may write registries in the whole resource group. Ask them.");
        if (after.HostNames.Except(before.HostNames).Any())
        {
            // A host may be the one by which others reach the server: whoever manages one registry must not take it.
            if (!access.Allows(RoleScope.Installation, ManagementActions.RegistriesWrite))
                throw new InvalidValueException("Further host names are given by whoever may write registries in the whole subscription. Ask them.");
            HostNameRules.Require(registries, after);
        }
        return after;
    }

    private async Task<(KeyTarget, KeyMove)> PrepareMoveAsync(ManagementAccess access, RegistryChange change, EncryptionChange encryption)
    {
        var before = registries.Find(access.Registry!.Id) ?? access.Registry;
        // What the tier lacks is not tried out at the key store.
        Check(access, before, Encrypted(before, encryption), change);
        var target = await registryKeys.FindAsync(encryption, before.Name, CancellationToken.None);
        return (target, await registryKeys.PrepareMoveAsync(before.Id, target, CancellationToken.None));
    }

    /// <summary>Wraps a registry's root keys by another version of the key that they are under.</summary>
    /// <returns>The registry as it is now; null when it has changed its key meanwhile, and nothing was done.</returns>
    /// <exception cref="InvalidValueException">A key cannot be used.</exception>
    internal async Task<Registry?> FollowKeyAsync(Guid id, RegistryEncryption encryption, KeyTarget target, CancellationToken cancellationToken)
    {
        var move = await registryKeys.PrepareMoveAsync(id, target, cancellationToken);
        return await registries.InTurnAsync<Registry?>(async () =>
        {
            if (registries.Find(id) is not { Encryption: { } now } before || now.KeyIdentifier != encryption.KeyIdentifier)
                return null;
            var after = before with { Encryption = now with { VersionedIdentifier = target.Version.Identifier, RotatedAt = clock.GetUtcNow() }, Revision = before.Revision + 1 };
            if (!await StoreAsync(after, move, isOtherPlan: false, hasMoreRules: false))
                return null;
            await PublishAsync(after);
            return after;
        });
    }

    // The time of the last rotation is that of the last change of the wrapping, not of a change that changed nothing.
    private Registry Encrypted(Registry before, EncryptionChange? change, KeyTarget? target = null, KeyMove? move = null) => change switch
    {
        null => before,
        { KeyIdentifier: null } => before with { Encryption = null },
        { KeyIdentifier: { } key } => before with
        {
            Encryption = new RegistryEncryption(
                target?.Identifier ?? key, target?.Version.Identifier ?? key, ClientOf(before, change), move is { Steps.Count: 0 } && before.Encryption is { } current ? current.RotatedAt : clock.GetUtcNow()),
        },
    };

    // None by an empty name; nothing said leaves the one that there is.
    private static string? ClientOf(Registry before, EncryptionChange change) => (change.Client ?? before.Encryption?.Client) is { Length: > 0 } client ? client : null;

    /// <returns>False when the root keys are not those that <paramref name="move"/> was prepared from; nothing was changed.</returns>
    private async Task<bool> StoreAsync(Registry registry, KeyMove? move, bool isOtherPlan, bool hasMoreRules)
    {
        if (registry.AdminUserEnabled)
            await admins.EnsurePasswordsAsync(registry.Id);
        return await database.WriteAsync(db =>
        {
            if (move is not null && !move.Apply(db))
                return false;
            RegistryRow.Update(db, registry);
            if (isOtherPlan)
                TierRules.RequireSize(db, registry);
            else if (hasMoreRules)
                TierRules.RequireCounts(db, registry);
            return true;
        });
    }

    private async Task PublishAsync(Registry registry)
    {
        registries.Put(registry);
        await directory.RefreshAsync(registry.Id);
        await directory.RefreshAsync(Anonymous.Id);
    }

    private RegistryOutcome Insert(DbConnection db, Registry registry, Func<DbConnection, int> storeKey)
    {
        if (NameOutcome(db, registry.Name) is not RegistryOutcome.Done and var taken)
            return taken;
        if (!ResourceGroupRow.Exists(db, registry.GroupId))
            return RegistryOutcome.NotFound;
        RegistryRow.Insert(db, registry);
        storeKey(db);
        ScopeMaps.InsertSystem(db, registry.Id, clock.GetUtcNow());
        TierRules.RequireCounts(db, registry);
        return RegistryOutcome.Done;
    }

    private async Task<DeletedRegistry?> FindDeletedAsync(ResourceGroup group, string name) =>
        (await database.ReadAsync(db => Task.FromResult(RegistryRow.ReadDeleted(db))))
            .FirstOrDefault(found => found.GroupId == group.Id && found.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private async Task<KeyUnavailableException?> AskKeyStoreAsync(Guid id)
    {
        var row = await database.ReadAsync(db => RootKeyRows.FindAsync(db, id, epoch: null));
        return row is null ? null : await KeyQuestion.AskAsync(keys.Providers, [(id, row)], CancellationToken.None);
    }

    // What a request that was under way at the deletion has loaded after it is from before the question.
    private void Settle(Guid id, KeyUnavailableException? problem)
    {
        keys.Drop(id);
        if (problem is null)
            keys.Unblock(id);
        else
            keys.Block(id, problem);
    }

    private Registry? Undelete(DbConnection db, Guid id)
    {
        if (db.Execute("UPDATE registry SET deleted_at = NULL, revision = revision + 1 WHERE id = @id AND deleted_at IS NOT NULL AND erasing = 0", new { id }) == 0
            || RegistryRow.Read(db, tiers, id) is not { } found)
            return null;
        // A host of it may have been given to another registry meanwhile.
        var recovered = found with { HostNames = [.. found.HostNames.Where(host => !registries.IsReserved(host) && registries.FindByHost(host) is null)] };
        RegistryRow.Update(db, recovered);
        return recovered;
    }

    // The admin user has the registry's name and signs in by the same door as users do.
    private static RegistryOutcome NameOutcome(DbConnection db, string name) => db.ExecuteScalar<long>(
        """
        SELECT CASE
            WHEN EXISTS (SELECT 1 FROM registry WHERE name = @name COLLATE NOCASE AND deleted_at IS NOT NULL) THEN 2
            WHEN EXISTS (SELECT 1 FROM registry WHERE name = @name COLLATE NOCASE) OR EXISTS (SELECT 1 FROM directory_user WHERE name = @name COLLATE NOCASE) THEN 1
            ELSE 0 END
        """,
        new { name }) switch
    {
        0 => RegistryOutcome.Done,
        1 => RegistryOutcome.NameTaken,
        _ => RegistryOutcome.NameDeleted,
    };
}
