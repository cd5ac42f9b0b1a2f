using System.Collections.Frozen;

namespace Breakwater.Core.Access;

/// <summary>The roles that every installation has.</summary>
/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/built-in-roles</remarks>
public static class BuiltInRoles
{
    public static readonly RoleDefinition Owner = new(
        new Guid("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"), "Owner", RegistryActions.All, RepositoryActions.All);

    private static readonly FrozenDictionary<Guid, RoleDefinition> ById = new[] { Owner }.ToFrozenDictionary(role => role.Id);

    /// <summary>Null for a role that this version does not know; it then grants nothing.</summary>
    public static RoleDefinition? Find(Guid id) => ById.GetValueOrDefault(id);
}
