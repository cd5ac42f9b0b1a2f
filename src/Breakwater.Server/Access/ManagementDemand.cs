using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Access;

/// <summary>An action of the management plane. A scope that is not there is refused like one where the right is lacking.</summary>
internal sealed class ManagementDemand(ManagementScope scope, string action) : AccessDemand
{
    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) =>
        IsThere(context, registry) && (feature.Management = Decide(caller, registry)) is not null;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override string ToString() => $"{NameOfScope} {action}";

    private string NameOfScope => scope switch
    {
        ManagementScope.Registry => "registry",
        ManagementScope.ResourceGroup => "group",
        _ => "installation",
    };

    private ManagementAccess? Decide(Caller caller, Registry registry) => scope switch
    {
        ManagementScope.Registry => ManagementAccess.Decide(caller, registry, action),
        ManagementScope.ResourceGroup => ManagementAccess.DecideInGroup(caller, action),
        _ => ManagementAccess.Decide(caller, null, action),
    };

    private bool IsThere(HttpContext context, Registry registry)
    {
        var route = context.Request.RouteValues;
        if (scope == ManagementScope.Installation)
            return true;
        return context.RequestServices.GetRequiredService<InstallationScope>().IsSubscription(route["subscription"])
            && (scope == ManagementScope.Subscription || InstallationScope.IsResourceGroup(route["group"]))
            && (scope != ManagementScope.Registry || registry.Name.Equals(route["registry"] as string, StringComparison.OrdinalIgnoreCase));
    }
}
