using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Groups of users, service principals and other groups. What a group may do, all that are in it may, however deep.</summary>
public sealed class DirectoryGroups(IMetadataDatabase database, PrincipalDirectory directory, TimeProvider clock)
{
    /// <exception cref="InvalidValueException">The name or the description is not acceptable; the message says what to do.</exception>
    public async Task<Guid> CreateAsync(ManagementAccess access, string name, string? description, string? mailNickname = null)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        DisplayText.Require(name, "The name");
        DisplayText.Require(description, "The description");
        MailNickname.Require(mailNickname);
        var id = Guid.NewGuid();
        await database.WriteAsync(db => db.Execute(
            "INSERT INTO directory_group (id, name, description, mail_nickname, created_at) VALUES (@id, @name, @description, @mailNickname, @now)",
            new { id, name, description, mailNickname, now = clock.GetUtcNow() }));
        return id;
    }

    /// <summary>Groups may contain each other; they then have the same members.</summary>
    /// <returns>False when the group or the member does not exist.</returns>
    public async Task<bool> AddMemberAsync(ManagementAccess access, Guid groupId, Guid memberId)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var added = await database.WriteAsync(db =>
        {
            if (!PrincipalRows.Exists(db, "directory_group", groupId) || !(PrincipalRows.Exists(db, "directory_group", memberId) || PrincipalRows.Exists(db, "directory_user", memberId) || PrincipalRows.Exists(db, "service_principal", memberId)))
                return false;
            db.Execute("INSERT INTO group_member (group_id, member_id) VALUES (@groupId, @memberId) ON CONFLICT DO NOTHING", new { groupId, memberId });
            return true;
        });
        if (added)
            await directory.RefreshAsync(memberId);
        return added;
    }

    /// <summary>What the group granted ends with the member's next request.</summary>
    /// <returns>False when it was no direct member.</returns>
    public async Task<bool> RemoveMemberAsync(ManagementAccess access, Guid groupId, Guid memberId)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var removed = await database.WriteAsync(db => db.Execute(
            "DELETE FROM group_member WHERE group_id = @groupId AND member_id = @memberId", new { groupId, memberId }));
        await directory.RefreshAsync(memberId);
        return removed > 0;
    }

    /// <summary>Removes the group with its memberships and its role assignments; its members stay.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(ManagementAccess access, Guid groupId)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var members = await database.ReadAsync(db => DirectoryRows.WithMembersAsync(db, groupId));
        var deleted = await database.WriteAsync(db => PrincipalRows.Delete(db, "directory_group", groupId));
        foreach (var member in members)
            await directory.RefreshAsync(member);
        return deleted;
    }
}
