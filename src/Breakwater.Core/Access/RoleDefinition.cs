namespace Breakwater.Core.Access;

/// <summary>A named set of permissions, in Azure's form. What it opens on the data plane is worked out once, for each mode of a registry.</summary>
/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/role-definitions</remarks>
public sealed class RoleDefinition
{
    private readonly GrantedActions _legacy;
    private readonly GrantedActions _abac;

    /// <param name="id">The id of the Azure role of the same name, where there is one.</param>
    public RoleDefinition(Guid id, string name, RolePermissions permissions, bool isCustom = false)
    {
        (Id, Name, Permissions, IsCustom) = (id, name, permissions, isCustom);
        _legacy = Collect(row => Permissions.AllowsOnData(row));
        _abac = Collect(row => Permissions.AllowsDataAction(row));
    }

    public Guid Id { get; }

    public string Name { get; }

    public RolePermissions Permissions { get; }

    public bool IsCustom { get; }

    /// <summary>What it grants in a registry of that mode, before any condition.</summary>
    public GrantedActions In(RoleAssignmentMode mode) => mode == RoleAssignmentMode.AbacRepositoryPermissions ? _abac : _legacy;

    public override string ToString() => Name;

    private static GrantedActions Collect(Func<DataPermission, bool> allows)
    {
        var granted = new GrantedActions(RegistryActions.None, RepositoryActions.None);
        foreach (var row in DataPermission.All)
        {
            if (allows(row))
                granted = new GrantedActions(granted.Registry | row.Registry, granted.Repository | row.Repository);
        }
        return granted;
    }
}
