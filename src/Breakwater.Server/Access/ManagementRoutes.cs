using Breakwater.Core.Tokens;
using Breakwater.Oci;
using Breakwater.Server.Audit;
using Breakwater.Server.Graph;
using Breakwater.Server.Management;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Access;

/// <summary>Maps routes of the management plane and of the directory. Mapping one demands the action that its callers must be granted, and where.</summary>
internal sealed class ManagementRoutes(IEndpointRouteBuilder endpoints)
{
    private const string Subscription = "/subscriptions/{subscription}";
    private const string Group = Subscription + "/resourceGroups/{group}";
    private const string Registry = Group + "/providers/Microsoft.ContainerRegistry/registries/{registry}";

    /// <summary>One route for the whole installation.</summary>
    public ManagementRoutes Map(string method, string path, string action, ManagementHandler handler) => Map(method, path, ManagementScope.Installation, action, handler);

    /// <summary>The same below a subscription, a resource group and a registry, as ARM's extension resources have it.</summary>
    public ManagementRoutes MapAtScopes(string method, string tail, string action, ManagementHandler handler) => this
        .Map(method, Subscription + tail, ManagementScope.Subscription, action, handler)
        .Map(method, Group + tail, ManagementScope.ResourceGroup, action, handler)
        .Map(method, Registry + tail, ManagementScope.Registry, action, handler);

    /// <summary>Below a registry only. One that is not there is answered 404 before <paramref name="handler"/>.</summary>
    public ManagementRoutes MapRegistry(string method, string tail, string action, ManagementHandler handler) => Map(method, Registry + tail, ManagementScope.Registry, action, handler);

    /// <summary>The same, also for a registry that is not there: <paramref name="handler"/> gets a proof for the resource group then.</summary>
    public ManagementRoutes MapRegistryOrNone(string method, string tail, string action, ManagementHandler handler) =>
        Map(method, Registry + tail, ManagementScope.Registry, action, handler, mayBeAbsent: true);

    /// <summary>Of a subscription.</summary>
    public ManagementRoutes MapSubscription(string method, string tail, string action, ManagementHandler handler) => Map(method, Subscription + tail, ManagementScope.Subscription, action, handler);

    /// <summary>Of the whole installation, named as a resource of a group: <paramref name="handler"/> says whether there is such a group.</summary>
    public ManagementRoutes MapDirectoryInGroup(string method, string tail, string action, ManagementHandler handler) => Map(method, Group + tail, ManagementScope.Installation, action, handler);

    /// <summary>Of a resource group.</summary>
    public ManagementRoutes MapGroup(string method, string tail, string action, ManagementHandler handler) => Map(method, Group + tail, ManagementScope.ResourceGroup, action, handler);

    /// <summary>For whoever has signed in; <paramref name="handler"/> shows only what the caller's rights cover.</summary>
    public ManagementRoutes MapSignedIn(string method, string path, SignedInHandler handler)
    {
        EndpointMapping.Map(endpoints, method, path, new SignedInDemand(), context => handler(context, context.Features.GetRequiredFeature<AccessFeature>().Caller));
        return this;
    }

    private ManagementRoutes Map(string method, string path, ManagementScope scope, string action, ManagementHandler handler, bool mayBeAbsent = false)
    {
        if (scope == ManagementScope.Registry && !mayBeAbsent)
            handler = RequireRegistry(handler);
        handler = AuditedChange.Wrap(method, action, handler);
        EndpointMapping.Map(endpoints, method, path, new ManagementDemand(scope, action, AudienceOf(path)), Answer);
        return this;

        // Without the gate there is no proof, and without a proof no answer.
        Task Answer(HttpContext context) => handler(context, context.Features.GetRequiredFeature<AccessFeature>().Management!);
    }

    private static ManagementHandler RequireRegistry(ManagementHandler handler) =>
        (context, access) => access.Registry is null ? throw new OciException(ManagementErrors.NotFound) : handler(context, access);

    private static DirectoryAudience AudienceOf(string path) =>
        path.StartsWith(GraphRoute.Root, StringComparison.Ordinal) ? DirectoryAudience.Graph : DirectoryAudience.Management;
}
