using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Registries;

/// <summary>Makes, changes and deletes resource groups. A change counts from the next request.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
public sealed class ResourceGroupStore(IMetadataDatabase database, ResourceGroupDirectory groups, PrincipalDirectory directory, TimeProvider clock)
#pragma warning restore CA1001
{
    // Names are looked at and then relied on.
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>Makes a group, or gives one that is there its tags.</summary>
    /// <param name="location">Null: the default for a new one.</param>
    /// <param name="tags">ARM's tags, all of them; null leaves them as they are.</param>
    /// <exception cref="InvalidValueException">The name or a value is not acceptable; the message says what to do.</exception>
    public async Task<ResourceGroupResult> PutAsync(ManagementAccess access, string name, string? location, IReadOnlyDictionary<string, string>? tags)
    {
        access.Demand(ManagementActions.ResourceGroupsWrite);
        if (tags is not null)
            ResourceTags.Require(tags);
        DisplayText.Require(location, "The location");
        await _changing.WaitAsync();
        try
        {
            return groups.Find(name) is { } there ? await ChangeAsync(access, there, location, tags) : await CreateAsync(access, name, location, tags);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Gives a group that is there its tags.</summary>
    /// <param name="location">Null, or where it is.</param>
    /// <param name="tags">ARM's tags, all of them; null leaves them as they are.</param>
    /// <exception cref="InvalidValueException">The tags are not acceptable; the message says what to do.</exception>
    /// <exception cref="OciException"><c>Denied</c>: the proof is for another scope.</exception>
    public async Task<ResourceGroupResult> ChangeAsync(ManagementAccess access, string name, string? location, IReadOnlyDictionary<string, string>? tags)
    {
        access.Demand(ManagementActions.ResourceGroupsWrite);
        if (tags is not null)
            ResourceTags.Require(tags);
        await _changing.WaitAsync();
        try
        {
            return groups.Find(name) is { } there
                ? await ChangeAsync(access, there, location, tags)
                : new ResourceGroupResult(ResourceGroupOutcome.NotFound);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Deletes an empty group, with the role assignments that are given there.</summary>
    /// <exception cref="OciException"><c>Denied</c>: the proof is for another scope.</exception>
    public async Task<ResourceGroupResult> DeleteAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.ResourceGroupsDelete);
        await _changing.WaitAsync();
        try
        {
            var group = groups.Find(name);
            if (!access.Scope.Covers(group is null ? RoleScope.Installation : RoleScope.OfGroup(group.Id)))
                throw new OciException(OciErrors.Denied);
            if (group is null)
                return new ResourceGroupResult(ResourceGroupOutcome.NotFound);
            return group.Id == RoleScope.DefaultGroupId ? new ResourceGroupResult(ResourceGroupOutcome.IsDefault, group) : await DeleteAsync(group);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<ResourceGroupResult> DeleteAsync(ResourceGroup group)
    {
        List<Guid> holders = [];
        var held = await database.WriteAsync(db => Delete(db, group.Id, holders));
        if (held.Count > 0)
            return new ResourceGroupResult(ResourceGroupOutcome.HasRegistries, group, held);
        groups.Remove(group);
        foreach (var holder in holders)
            await directory.RefreshAsync(holder);
        return new ResourceGroupResult(ResourceGroupOutcome.Deleted, group);
    }

    /// <returns>What keeps it; empty: it is gone.</returns>
    private static List<string> Delete(DbConnection db, Guid id, List<Guid> holders)
    {
        // Those that are deleted and can be recovered would come back to nowhere.
        var held = db.Query<string>("SELECT CASE WHEN deleted_at IS NULL THEN name ELSE name || ' (deleted)' END FROM registry WHERE group_id = @id AND erasing = 0 ORDER BY name LIMIT 20", new { id }).AsList();
        if (held.Count > 0)
            return held;
        holders.AddRange(db.Query<Guid>("DELETE FROM role_assignment WHERE resource_group = @id RETURNING principal_id", new { id }).Distinct());
        db.Execute("DELETE FROM resource_group WHERE id = @id", new { id });
        return held;
    }

    // A group that is not there is made by whoever may make groups in the whole subscription.
    private async Task<ResourceGroupResult> CreateAsync(ManagementAccess access, string name, string? location, IReadOnlyDictionary<string, string>? tags)
    {
        if (access.Scope != RoleScope.Installation)
            throw new OciException(OciErrors.Denied);
        if (!ResourceGroupName.IsValid(name))
            throw new InvalidValueException($"'{name}' is no name of a resource group. Use 1 to {ResourceGroupName.MaxLength} letters, digits, '_', '-', '.', '(' and ')', and no full stop at the end.");
        var group = new ResourceGroup(Guid.NewGuid(), name, location ?? "local", (tags ?? new Dictionary<string, string>()).ToImmutableSortedDictionary());
        await database.WriteAsync(db => db.Execute(
            "INSERT INTO resource_group (id, name, location, labels, created_at) VALUES (@Id, @Name, @Location, @labels, @now)",
            new { group.Id, group.Name, group.Location, labels = JsonSerializer.Serialize(group.Labels), now = clock.GetUtcNow() }));
        groups.Put(group);
        return new ResourceGroupResult(ResourceGroupOutcome.Created, group);
    }

    private async Task<ResourceGroupResult> ChangeAsync(ManagementAccess access, ResourceGroup there, string? location, IReadOnlyDictionary<string, string>? tags)
    {
        if (!access.Scope.Covers(RoleScope.OfGroup(there.Id)))
            throw new OciException(OciErrors.Denied);
        if (location is not null && !location.Equals(there.Location, StringComparison.OrdinalIgnoreCase))
            return new ResourceGroupResult(ResourceGroupOutcome.LocationDiffers, there);
        if (tags is null)
            return new ResourceGroupResult(ResourceGroupOutcome.Changed, there);
        var after = there with { Labels = tags.ToImmutableSortedDictionary() };
        await database.WriteAsync(db => db.Execute("UPDATE resource_group SET labels = @labels WHERE id = @Id", new { after.Id, labels = JsonSerializer.Serialize(after.Labels) }));
        groups.Put(after);
        return new ResourceGroupResult(ResourceGroupOutcome.Changed, after);
    }
}
