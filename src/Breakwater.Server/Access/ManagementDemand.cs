using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Registries;
using Breakwater.Core.Tokens;

namespace Breakwater.Server.Access;

/// <summary>
/// An action of the management plane. A scope that is not there is refused like one where the right is lacking; only whoever has the right
/// in the whole resource group learns that it has no such registry.
/// </summary>
internal sealed class ManagementDemand(ManagementScope scope, string action, DirectoryAudience audience) : AccessDemand
{
    public override DirectoryAudience? Audience => audience;

    public string Action => action;

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) =>
        IsThere(context) && (feature.Management = Decide(context, caller)) is not null;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override AccessQuestion? QuestionOf(HttpContext context, Caller caller, Registry registry)
    {
        if (scope != ManagementScope.Registry)
            return AccessQuestion.About(caller, registry, action, scope == ManagementScope.ResourceGroup ? RoleScope.Group : RoleScope.Installation);
        // Named as in the path, so that the explanation is the same whether there is such a registry or not.
        var name = context.Request.RouteValues["registry"] as string ?? "";
        var target = (Target(context) ?? new Registry(Guid.NewGuid(), name, 1)) with { Name = name };
        return AccessQuestion.About(caller, target, action, RoleScope.Of(target));
    }

    public override string ToString() => $"{NameOfScope} {action}";

    private string NameOfScope => scope switch
    {
        ManagementScope.Registry => "registry",
        ManagementScope.ResourceGroup => "group",
        _ => "installation",
    };

    private ManagementAccess? Decide(HttpContext context, Caller caller) => scope switch
    {
        ManagementScope.Registry when Target(context) is { } registry => ManagementAccess.Decide(caller, registry, action),
        ManagementScope.Registry or ManagementScope.ResourceGroup => ManagementAccess.DecideInGroup(caller, action),
        _ => ManagementAccess.Decide(caller, null, action),
    };

    private static Registry? Target(HttpContext context) =>
        context.RequestServices.GetRequiredService<RegistryDirectory>().Find(context.Request.RouteValues["registry"] as string ?? "");

    private bool IsThere(HttpContext context)
    {
        var route = context.Request.RouteValues;
        return scope == ManagementScope.Installation
            || (context.RequestServices.GetRequiredService<InstallationScope>().IsSubscription(route["subscription"])
                && (scope == ManagementScope.Subscription || InstallationScope.IsResourceGroup(route["group"])));
    }
}
