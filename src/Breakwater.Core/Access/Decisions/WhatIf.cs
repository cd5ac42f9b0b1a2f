using Breakwater.Core.Identity;
using Breakwater.Oci;

namespace Breakwater.Core.Access.Decisions;

/// <summary>Decides for another principal, as if it had come with its password, and does nothing.</summary>
public sealed class WhatIf(PrincipalDirectory directory)
{
    /// <param name="action">As tokens or roles name it: <c>pull</c>, <c>catalog</c>, a data action, an action of the management plane.</param>
    /// <param name="repository">Null when the action is on the registry.</param>
    /// <returns>Null when there is no such principal.</returns>
    /// <exception cref="InvalidValueException">The action is none, or is on a repository and none is named.</exception>
    public AccessExplanation? Ask(ManagementAccess access, Guid principalId, string action, RepositoryName? repository)
    {
        access.Demand(ManagementActions.RoleAssignmentsRead);
        return directory.Find(principalId) is { } entry ? AccessExplainer.Explain(Question(entry.AsCaller, access, action, repository)) : null;
    }

    private static AccessQuestion Question(Caller caller, ManagementAccess access, string action, RepositoryName? repository)
    {
        var registry = access.Registry!;
        var row = DataPermission.All.FirstOrDefault(row => Same(row.DataAction, action) || Same(row.Legacy, action));
        if (Same(action, "catalog") || row is { Repository: RepositoryActions.None })
            return AccessQuestion.About(caller, registry, RegistryActions.Catalog);
        var onRepository = row?.Repository ?? (action == ActionNames.Any ? RepositoryActions.None : ActionNames.Parse(action));
        if (onRepository != RepositoryActions.None)
            return AccessQuestion.About(caller, registry, repository ?? throw new InvalidValueException("The action is on a repository. Name one."), onRepository);
        return action.StartsWith("Microsoft.", StringComparison.OrdinalIgnoreCase) && !action.Contains('*', StringComparison.Ordinal)
            ? AccessQuestion.About(caller, registry, action, RoleScope.Of(registry))
            : throw new InvalidValueException("The action is none: use pull, push, delete, metadata_read, metadata_write, sign, catalog, or an action's full name as roles have it.");
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
