using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Registries;
using Breakwater.Core.Tokens;
using Breakwater.Oci;
using Breakwater.Server.Management;

namespace Breakwater.Server.Access;

/// <summary>
/// An action of the management plane. A scope that is not there is refused like one where the right is lacking; only whoever has the right
/// in the whole resource group learns that it has no such registry, and only whoever has it in the whole installation that there is no such group.
/// </summary>
internal sealed class ManagementDemand(ManagementScope scope, string action, DirectoryAudience audience, bool mayLackGroup = false) : AccessDemand
{
    public override DirectoryAudience? Audience => audience;

    public string Action => action;

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) =>
        (feature.Management = Decide(context, caller)) is not null;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override AccessQuestion? QuestionOf(HttpContext context, Caller caller, Registry registry)
    {
        var group = GroupOf(context);
        // As if it were there, so that the explanation is the same whether there is such a group or registry or not.
        var groupId = group?.Id ?? Guid.NewGuid();
        if (scope != ManagementScope.Registry)
            return AccessQuestion.About(caller, registry, action, scope == ManagementScope.ResourceGroup ? RoleScope.OfGroup(groupId) : RoleScope.Installation);
        var name = context.Request.RouteValues["registry"] as string ?? "";
        var target = (Target(context, group) ?? new Registry(Guid.NewGuid(), name, 1) { GroupId = groupId }) with { Name = name };
        return AccessQuestion.About(caller, target, action, RoleScope.Of(target));
    }

    public override string ToString() => $"{NameOfScope} {action}";

    private string NameOfScope => scope switch
    {
        ManagementScope.Registry => "registry",
        ManagementScope.ResourceGroup => "group",
        _ => "installation",
    };

    /// <exception cref="OciException"><c>ResourceGroupNotFound</c></exception>
    private ManagementAccess? Decide(HttpContext context, Caller caller)
    {
        if (scope == ManagementScope.Installation)
            return ManagementAccess.Decide(caller, null, action);
        if (!Installation(context).IsSubscription(context.Request.RouteValues["subscription"]))
            return null;
        if (scope == ManagementScope.Subscription)
            return ManagementAccess.Decide(caller, null, action);
        if (GroupOf(context) is not { } group)
        {
            var everywhere = ManagementAccess.Decide(caller, null, action);
            return everywhere is null || mayLackGroup ? everywhere : throw new OciException(ManagementErrors.GroupNotFound);
        }
        return scope == ManagementScope.Registry && Target(context, group) is { } registry
            ? ManagementAccess.Decide(caller, registry, action)
            : ManagementAccess.DecideInGroup(caller, group.Id, action);
    }

    /// <summary>The registry that the path names, if it is in the group that the path names.</summary>
    private static Registry? Target(HttpContext context, ResourceGroup? group) =>
        context.RequestServices.GetRequiredService<RegistryDirectory>().Find(context.Request.RouteValues["registry"] as string ?? "") is { } registry && registry.GroupId == group?.Id
            ? registry
            : null;

    private static ResourceGroup? GroupOf(HttpContext context) => Installation(context).FindGroup(context);

    private static InstallationScope Installation(HttpContext context) => context.RequestServices.GetRequiredService<InstallationScope>();
}
