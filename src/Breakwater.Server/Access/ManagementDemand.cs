using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Registries;
using Breakwater.Core.Tokens;

namespace Breakwater.Server.Access;

/// <summary>An action of the management plane. A scope that is not there is refused like one where the right is lacking.</summary>
internal sealed class ManagementDemand(ManagementScope scope, string action, DirectoryAudience audience) : AccessDemand
{
    public override DirectoryAudience? Audience => audience;

    public string Action => action;

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) =>
        IsThere(context, registry) && (feature.Management = Decide(caller, registry)) is not null;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override AccessQuestion? QuestionOf(HttpContext context, Caller caller, Registry registry) =>
        AccessQuestion.About(caller, registry, action, ScopeOf(registry));

    public override string ToString() => $"{NameOfScope} {action}";

    private string NameOfScope => scope switch
    {
        ManagementScope.Registry => "registry",
        ManagementScope.ResourceGroup => "group",
        _ => "installation",
    };

    private RoleScope ScopeOf(Registry registry) => scope switch
    {
        ManagementScope.Registry => RoleScope.Of(registry),
        ManagementScope.ResourceGroup => RoleScope.Group,
        _ => RoleScope.Installation,
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
