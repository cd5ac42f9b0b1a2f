using Breakwater.Core.Access;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>
/// ARM's virtual networks, as far as a private endpoint needs one: to be looked at.
/// https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks
/// </summary>
internal sealed class SubnetEndpoints(SubnetResource subnets)
{
    private const string Tail = "/providers/" + SubnetResource.NetworkType, One = Tail + "/{network}", Subnets = One + "/subnets", Subnet = Subnets + "/{name}";

    public void Map(IEndpointRouteBuilder routes) => new ManagementRoutes(routes)
        .MapSubscription("GET", Tail, ManagementActions.VirtualNetworksRead, ListAsync)
        .MapGroup("GET", Tail, ManagementActions.VirtualNetworksRead, ListAsync)
        .MapGroup("GET", One, ManagementActions.VirtualNetworksRead, GetAsync)
        .MapGroup("GET", Subnets, ManagementActions.SubnetsRead, ListSubnetsAsync)
        .MapGroup("GET", Subnet, ManagementActions.SubnetsRead, GetSubnetAsync);

    private Task ListAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.VirtualNetworksRead);
        ApiVersion.Require(context);
        var isThere = !subnets.All.IsEmpty && (context.Request.RouteValues["group"] is not { } group || InstallationScope.IsDefaultGroup(group));
        return ArmJson.WriteAsync(context, new { value = isThere ? new[] { subnets.Render() } : [] });
    }

    private Task GetAsync(HttpContext context, ManagementAccess access)
    {
        Require(context, access, ManagementActions.VirtualNetworksRead);
        return ArmJson.WriteAsync(context, subnets.Render());
    }

    private Task ListSubnetsAsync(HttpContext context, ManagementAccess access)
    {
        Require(context, access, ManagementActions.SubnetsRead);
        return ArmJson.WriteAsync(context, new { value = subnets.All.Select(subnets.Render) });
    }

    private Task GetSubnetAsync(HttpContext context, ManagementAccess access)
    {
        Require(context, access, ManagementActions.SubnetsRead);
        return ArmJson.WriteAsync(context, subnets.Render(subnets.Find(context.Request.RouteValues["name"] as string) ?? throw new OciException(ManagementErrors.NotFound)));
    }

    private void Require(HttpContext context, ManagementAccess access, string action)
    {
        access.Demand(action);
        ApiVersion.Require(context);
        if (subnets.All.IsEmpty || !InstallationScope.IsDefaultGroup(context.Request.RouteValues["group"]) || !SubnetResource.IsNetwork(context.Request.RouteValues["network"] as string))
            throw new OciException(ManagementErrors.NotFound);
    }
}
