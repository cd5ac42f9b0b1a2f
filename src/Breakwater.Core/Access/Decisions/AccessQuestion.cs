using System.Collections.Immutable;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access.Decisions;

/// <summary>What was, or would be, decided. All of it are immutable snapshots, so that it can be answered later as it was then.</summary>
public sealed record AccessQuestion
{
    private AccessQuestion(Caller caller, Registry registry) => (Caller, Registry, Scope) = (caller, registry, RoleScope.Of(registry));

    public Caller Caller { get; private init; }

    public Registry Registry { get; private init; }

    /// <summary>As it was asked about; it need not exist.</summary>
    public RepositoryName? Repository { get; private init; }

    public RepositoryActions OnRepository { get; private init; }

    public RegistryActions OnRegistry { get; private init; }

    /// <summary>Null when content is asked about.</summary>
    public string? Management { get; private init; }

    /// <summary>Where the right must hold.</summary>
    public RoleScope Scope { get; private init; }

    public static AccessQuestion About(Caller caller, Registry registry, RepositoryName repository, RepositoryActions actions) =>
        new(caller, registry) { Repository = repository, OnRepository = actions };

    public static AccessQuestion About(Caller caller, Registry registry, RegistryActions actions) => new(caller, registry) { OnRegistry = actions };

    public static AccessQuestion About(Caller caller, Registry registry, string managementAction, RoleScope scope) =>
        new(caller, registry) { Management = managementAction, Scope = scope };

    /// <summary>The actions by the names that tokens, or roles, have for them.</summary>
    public ImmutableArray<string> Actions =>
        Management is not null ? [Management]
        : Repository is null ? [OnRegistry.HasFlag(RegistryActions.Catalog) ? "catalog" : OnRegistry.HasFlag(RegistryActions.DeletedCatalog) ? "deleted_catalog" : "sign in"]
        : OnRepository.HasFlag(RepositoryActions.Upload) ? [.. ActionNames.Of(OnRepository), "push"]
        : [.. ActionNames.Of(OnRepository)];

    internal AccessQuestion With(PrincipalRights rights) => this with { Caller = new Caller(Caller.Principal with { Disabled = false }, rights) };

    internal AccessQuestion In(RoleAssignmentMode mode) => this with { Registry = Registry with { RoleAssignmentMode = mode } };

    /// <summary>The decision itself, by the functions that the proofs are made by.</summary>
    internal bool IsAllowed => Management is { } action
        ? ManagementAccess.Decide(Caller, Scope, Registry, action) is not null
        : Repository is { } repository
            ? RepositoryAccess.Decide(Caller, Registry, repository, OnRepository) is not null
            : RegistryAccess.Decide(Caller, Registry, OnRegistry) is not null;

    /// <summary>Whether at least one of the demanded actions is granted; none of them when it is false.</summary>
    internal bool IsAllowedInPart => Repository is { } repository
        ? Bits(OnRepository).Any(action => RepositoryAccess.Decide(Caller, Registry, repository, action) is not null)
        : IsAllowed;

    private static IEnumerable<RepositoryActions> Bits(RepositoryActions actions) =>
        Enum.GetValues<RepositoryActions>().Where(action => int.PopCount((int)action) == 1 && (actions & action) != 0);
}
