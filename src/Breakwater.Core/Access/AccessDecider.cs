using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>The one place that compares rights. Everything is denied until a role assignment or a grant allows it.</summary>
public static class AccessDecider
{
    /// <summary>A pure function: it asks nothing about what exists, so an answer cannot tell.</summary>
    /// <param name="repository">Null when the registry as a whole is asked about; no repository action is granted then.</param>
    /// <param name="limit">The scopes of the Bearer token that the principal came with; null when it gave its password.</param>
    public static GrantedActions Decide(Principal principal, PrincipalRights rights, Registry registry, RepositoryName? repository, TokenLimit? limit)
    {
        if (principal.Disabled || !principal.IsKnownIn(registry.Id))
            return default;
        var granted = Collect(rights, registry, repository);
        return new GrantedActions(
            granted.Registry & (limit?.Registry ?? RegistryActions.All),
            repository is null || limit is null ? granted.Repository : granted.Repository & limit.For(repository));
    }

    /// <summary>Adds what follows from the granted actions in this registry; see <see cref="RepositoryActions.Upload"/>.</summary>
    public static RepositoryActions Derive(RepositoryActions granted, Registry registry) =>
        (granted & RepositoryActions.Push) != 0 || ((granted & RepositoryActions.Sign) != 0 && registry.Policies.Signing.Required)
            ? granted | RepositoryActions.Upload
            : granted;

    /// <summary>Whether a role grants an action of the management plane on the registry; null: on the whole installation.</summary>
    public static bool Allows(Principal principal, PrincipalRights rights, Registry? registry, string action) =>
        Allows(principal, rights, RoleScope.Of(registry), action);

    /// <summary>Whether a role grants an action of the management plane there.</summary>
    public static bool Allows(Principal principal, PrincipalRights rights, RoleScope scope, string action)
    {
        // A right over one registry is none over the directory, whatever route it came by.
        if (principal.Disabled || (scope != RoleScope.Installation && ManagementActions.IsInstallationWide(action)))
            return false;
        foreach (var assignment in rights.Assignments)
        {
            // A condition speaks of repositories and data actions; what it means for managing nobody has said, so it grants none of that.
            if (assignment.Scope.Covers(scope) && assignment.Condition is null && assignment.Role.Permissions.Allows(action))
                return true;
        }
        return false;
    }

    private static GrantedActions Collect(PrincipalRights rights, Registry registry, RepositoryName? repository)
    {
        var standing = rights.In(registry);
        var onRegistry = RegistryActions.SignIn | standing.Always.Registry;
        var onRepository = repository is null ? RepositoryActions.None : standing.Always.Repository;
        foreach (var assignment in standing.Conditional)
        {
            var granted = assignment.In(registry.RoleAssignmentMode, repository);
            onRegistry |= granted.Registry;
            if (repository is not null)
                onRepository |= granted.Repository;
        }
        foreach (var grant in rights.GrantsIn(registry.Id))
        {
            onRegistry |= grant.Registry;
            if (repository is not null && grant.Covers(repository))
                onRepository |= grant.Repository;
        }
        return new GrantedActions(onRegistry, onRepository);
    }
}
