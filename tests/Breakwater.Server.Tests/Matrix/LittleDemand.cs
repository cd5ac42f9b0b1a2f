using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Server.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>The least that somebody could demand by mistake, in the place of what an endpoint demands.</summary>
internal sealed class LittleDemand(AccessDemand instead) : AccessDemand
{
    private static readonly RepositoryActions[] Actions =
        [RepositoryActions.Pull, RepositoryActions.Push, RepositoryActions.Delete, RepositoryActions.MetadataRead, RepositoryActions.MetadataWrite];

    private static readonly string[] ManagementWords =
        [ManagementActions.SubscriptionsRead, ManagementActions.RoleAssignmentsRead, ManagementActions.ScopeMapsRead, ManagementActions.RoleAssignmentsWrite];

    public static Endpoint In(Endpoint endpoint) => endpoint.Metadata.GetMetadata<AccessDemand>() is { } demand and not OpenDemand
        ? new Endpoint(endpoint.RequestDelegate, new EndpointMetadataCollection(endpoint.Metadata.Where(m => m is not AccessDemand).Append(new LittleDemand(demand))), endpoint.DisplayName)
        : endpoint;

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature)
    {
        if (instead is RepositoryDemand && context.Features.Get<IRepositoryFeature>() is { } repository)
            feature.Repository = Actions.Select(action => RepositoryAccess.Decide(caller, registry, repository.Name, action)).FirstOrDefault(proof => proof is not null);
        if (instead is RegistryDemand)
            feature.RegistryWide = RegistryAccess.Decide(caller, registry, RegistryActions.SignIn);
        if (instead is ManagementDemand)
            feature.Management = ManagementWords.Select(word => Decide(context, caller, registry, word)).FirstOrDefault(proof => proof is not null);
        return feature.Repository is not null || feature.RegistryWide is not null || feature.Management is not null;
    }

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override string ToString() => $"little instead of {instead}";

    // For the directory a registry's proof does too: the wrong scope is a mistake as the wrong action is.
    private static ManagementAccess? Decide(HttpContext context, Caller caller, Registry registry, string action) =>
        context.Request.RouteValues["registry"] is string name ? ManagementAccess.Decide(caller, context.RequestServices.GetRequiredService<RegistryDirectory>().Find(name) ?? registry, action)
        : context.Request.RouteValues.ContainsKey("group") ? ManagementAccess.DecideInGroup(caller, RoleScope.DefaultGroupId, action)
        : ManagementAccess.Decide(caller, null, action)
            ?? (context.Request.Path.StartsWithSegments("/graph", StringComparison.Ordinal) ? ManagementAccess.Decide(caller, registry, action) : null);
}
