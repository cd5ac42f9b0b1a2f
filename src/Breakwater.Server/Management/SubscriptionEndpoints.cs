using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>
/// What tools look through before they do anything: tenants, subscriptions, and the registries in them. Everybody who has signed in
/// may ask; shown is what the caller has a role for. https://learn.microsoft.com/rest/api/resources
/// </summary>
internal sealed class SubscriptionEndpoints(InstallationScope installation, RegistryDirectory registries, RegistryResource resource)
{
    private const string Subscription = "/subscriptions/{subscription}", Groups = Subscription + "/resourceGroups";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapSignedIn("GET", "/tenants", ListTenantsAsync)
        .MapSignedIn("GET", "/subscriptions", ListAsync)
        .MapSignedIn("GET", Subscription, GetAsync)
        .MapSignedIn("GET", Subscription + "/resources", ListResourcesAsync)
        .MapSignedIn("GET", Subscription + "/providers/Microsoft.ContainerRegistry/registries", ListRegistriesAsync)
        .MapSignedIn("GET", Groups + "/{group}/providers/Microsoft.ContainerRegistry/registries", ListRegistriesAsync);

    private Task ListTenantsAsync(HttpContext context, Caller caller)
    {
        ApiVersion.Require(context);
        var id = installation.InstallationId.ToString("D");
        return ArmJson.WriteAsync(context, new { value = new[] { new { id = "/tenants/" + id, tenantId = id, displayName = "Breakwater", tenantCategory = "Home" } } });
    }

    private Task ListAsync(HttpContext context, Caller caller)
    {
        ApiVersion.Require(context);
        return ArmJson.WriteAsync(context, new { value = Sees(caller) ? new[] { Render() } : [] });
    }

    private Task GetAsync(HttpContext context, Caller caller)
    {
        RequireSubscription(context, caller);
        return ArmJson.WriteAsync(context, Render());
    }

    private Task ListResourcesAsync(HttpContext context, Caller caller)
    {
        RequireSubscription(context, caller);
        var filter = ODataFilter.Parse(context).Allow("resourceType", "name");
        var (type, name) = (filter.Value("resourceType"), filter.Value("name"));
        var found = Visible(caller).Where(registry => name is null || name.Equals(registry.Name, StringComparison.OrdinalIgnoreCase));
        if (type is not null && !type.Equals(RegistryResource.Type, StringComparison.OrdinalIgnoreCase))
            found = [];
        return ArmJson.WriteAsync(context, new
        {
            value = found.Select(resource.RenderBrief),
        });
    }

    private Task ListRegistriesAsync(HttpContext context, Caller caller)
    {
        RequireSubscription(context, caller);
        var after = ArmPage.After(context) ?? "";
        var group = installation.FindGroup(context);
        var rest = Visible(caller).Where(registry => (group is null || registry.GroupId == group.Id) && StringComparer.OrdinalIgnoreCase.Compare(registry.Name, after) > 0).Take(ArmPage.Size + 1).ToList();
        return ArmPage.WriteAsync(context, new Page<Registry>([.. rest.Take(ArmPage.Size)], rest.Count > ArmPage.Size ? rest[ArmPage.Size - 1].Name : null), registry => resource.Render(context, registry));
    }

    // What is not there and what the caller has no role for get the same answer.
    private void RequireSubscription(HttpContext context, Caller caller)
    {
        ApiVersion.Require(context);
        var route = context.Request.RouteValues;
        var isThere = installation.IsSubscription(route["subscription"]) && (!route.ContainsKey("group") || (installation.FindGroup(context) is { } group && ResourceGroupEndpoints.Sees(caller, group)));
        if (!isThere || !Sees(caller))
            throw new OciException(OciErrors.Denied);
    }

    private static bool Sees(Caller caller) => !caller.Rights.Assignments.IsEmpty;

    private IEnumerable<Registry> Visible(Caller caller) =>
        registries.All.OrderBy(registry => registry.Name, StringComparer.OrdinalIgnoreCase).Where(registry => ManagementAccess.Decide(caller, registry, ManagementActions.RegistriesRead) is not null);

    private object Render() => new
    {
        id = installation.Subscription,
        subscriptionId = installation.InstallationId.ToString("D"),
        tenantId = installation.InstallationId.ToString("D"),
        displayName = "Breakwater",
        state = "Enabled",
        authorizationSource = "RoleBased",
        managedByTenants = Array.Empty<object>(),
    };
}
