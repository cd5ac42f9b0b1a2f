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
        IsThere(context, registry)
        && (feature.Management = ManagementAccess.Decide(caller, scope == ManagementScope.Registry ? registry : null, action)) is not null;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override AccessQuestion? QuestionOf(HttpContext context, Caller caller, Registry registry) =>
        AccessQuestion.About(caller, registry, action, scope != ManagementScope.Registry);

    public override string ToString() => $"{(scope == ManagementScope.Registry ? "registry" : "installation")} {action}";

    private bool IsThere(HttpContext context, Registry registry)
    {
        var route = context.Request.RouteValues;
        if (scope == ManagementScope.Installation)
            return true;
        return context.RequestServices.GetRequiredService<InstallationScope>().IsSubscription(route["subscription"])
            && (scope == ManagementScope.Subscription
                || (InstallationScope.IsResourceGroup(route["group"]) && registry.Name.Equals(route["registry"] as string, StringComparison.OrdinalIgnoreCase)));
    }
}
