using System.Collections.Immutable;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>The one place that compares roles. Everything is denied until a role assignment grants it.</summary>
public static class AccessDecider
{
    /// <summary>A pure function: it asks nothing about what exists, so an answer cannot tell.</summary>
    /// <param name="repository">Null when the registry as a whole is asked about; no repository action is granted then.</param>
    /// <param name="limit">The scopes of the Bearer token that the principal came with; null when it gave its password.</param>
    public static GrantedActions Decide(
        Principal principal,
        ImmutableArray<RoleAssignment> assignments,
        Registry registry,
        RepositoryName? repository,
        TokenLimit? limit)
    {
        if (principal.Disabled)
            return default;
        var granted = FromRoles(principal, assignments, registry);
        return new GrantedActions(
            granted.Registry & (limit?.Registry ?? RegistryActions.All),
            repository is null ? RepositoryActions.None : granted.Repository & (limit?.For(repository) ?? RepositoryActions.All));
    }

    private static GrantedActions FromRoles(Principal principal, ImmutableArray<RoleAssignment> assignments, Registry registry)
    {
        var onRegistry = RegistryActions.SignIn;
        var onRepository = RepositoryActions.None;
        foreach (var assignment in assignments)
        {
            if (!assignment.Covers(principal.Id, registry.Id))
                continue;
            onRegistry |= assignment.Role.Registry;
            onRepository |= assignment.Role.Repository;
        }
        return new GrantedActions(onRegistry, onRepository);
    }
}
