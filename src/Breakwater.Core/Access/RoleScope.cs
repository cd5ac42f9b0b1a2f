using Breakwater.Core.Registries;

namespace Breakwater.Core.Access;

/// <summary>
/// Where a role holds: in the whole installation (ARM's subscription), in a resource group, or in one registry. Each covers what is below it;
/// what is not in a group, as the directory, only the installation covers. Groups and registries count by their ids.
/// </summary>
public readonly record struct RoleScope
{
    /// <summary>The resource group that every installation has from the beginning; it cannot be deleted. The migration that makes it has the same id.</summary>
    public static readonly Guid DefaultGroupId = new("b9d1c7a0-5e3f-4c8a-9b6d-2f0e7a41c350");

    public const string DefaultGroupName = "breakwater";

    public static readonly RoleScope Installation;
    public static readonly RoleScope DefaultGroup = OfGroup(DefaultGroupId);

    private RoleScope(Guid? groupId, Guid? registryId)
    {
        GroupId = groupId;
        RegistryId = registryId;
    }

    /// <summary>The resource group that it is, or is in; null for the installation.</summary>
    public Guid? GroupId { get; }

    /// <summary>Null when it is wider than a registry.</summary>
    public Guid? RegistryId { get; }

    public static RoleScope OfGroup(Guid id) => new(id, null);

    /// <param name="groupId">Of the group that the registry is in.</param>
    public static RoleScope OfRegistry(Guid id, Guid groupId) => new(groupId, id);

    /// <param name="registry">Null: the whole installation.</param>
    public static RoleScope Of(Registry? registry) => registry is null ? Installation : OfRegistry(registry.Id, registry.GroupId);

    /// <summary>Whether <paramref name="other"/> is this scope or below it.</summary>
    public bool Covers(RoleScope other) => this == Installation || this == other || (RegistryId is null && GroupId == other.GroupId);

    // What was written when there was one group is read as that one's.
    public override string ToString() => (RegistryId, GroupId) switch
    {
        (null, null) => "installation",
        (null, { } group) => group == DefaultGroupId ? "group" : $"group@{group:N}",
        ({ } registry, { } group) when group != DefaultGroupId => $"{registry:N}@{group:N}",
        ({ } registry, _) => $"{registry:N}",
    };

    /// <summary>Null for what <see cref="ToString"/> never wrote.</summary>
    internal static RoleScope? TryParse(string text)
    {
        if (text == "installation")
            return Installation;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (what, group) = at < 0 ? (text, DefaultGroupId) : (text[..at], Guid.TryParseExact(text.AsSpan(at + 1), "N", out var named) ? named : (Guid?)null);
        if (group is not { } groupId)
            return null;
        return what == "group" ? OfGroup(groupId) : Guid.TryParseExact(what, "N", out var id) ? OfRegistry(id, groupId) : null;
    }
}
