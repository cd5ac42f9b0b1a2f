using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>Gives a principal a role somewhere.</summary>
/// <param name="Condition">Narrows it to some repositories; null for all of them.</param>
public sealed record RoleAssignment(Guid Id, Guid PrincipalId, RoleDefinition Role, RoleScope Scope, AccessCondition? Condition = null)
{
    public bool Covers(Registry registry) => Scope.Covers(RoleScope.Of(registry));

    /// <param name="repository">Null when the registry as a whole is asked about.</param>
    internal GrantedActions In(RoleAssignmentMode mode, RepositoryName? repository)
    {
        var granted = Role.In(mode);
        return Condition is null ? granted : Narrow(granted, Condition, repository);
    }

    // In the legacy mode too: a condition that was ignored would grant more than was meant.
    private static GrantedActions Narrow(GrantedActions granted, AccessCondition condition, RepositoryName? repository)
    {
        var (registry, repositories) = granted;
        foreach (var row in DataPermission.All)
        {
            if (((registry & row.Registry) == 0 && (repositories & row.Repository) == 0) || Allows(condition, row, repository))
                continue;
            registry &= ~row.Registry;
            repositories &= ~row.Repository;
        }
        return new GrantedActions(registry, repositories);
    }

    private static bool Allows(AccessCondition condition, DataPermission row, RepositoryName? repository) =>
        condition.Allows(row.DataAction, repository) && (row.AlsoDataAction is null || condition.Allows(row.AlsoDataAction, repository));
}
