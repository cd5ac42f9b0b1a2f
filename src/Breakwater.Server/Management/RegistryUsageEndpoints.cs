using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>How much of what its tier holds a registry uses, and what the tier has. https://learn.microsoft.com/rest/api/containerregistry/registries/list-usages</summary>
internal sealed class RegistryUsageEndpoints(RegistryUsage usage)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", "/listUsages", ManagementActions.ListUsages, ListAsync)
        .MapRegistry("GET", "/capabilities", ManagementActions.RegistriesRead, ShowCapabilitiesAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var found = await usage.ReadAsync(access);
        await ArmJson.WriteAsync(context, new { value = found.Select(line => new { name = line.Name, limit = line.Limit, currentValue = line.Current, unit = line.IsBytes ? "Bytes" : "Count" }) });
    }

    // Not ACR's: so that a portal or a script need not know the price list.
    private static Task ShowCapabilitiesAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.RegistriesRead);
        ApiVersion.Require(context);
        var plan = access.Registry!.Plan;
        return ArmJson.WriteAsync(context, new
        {
            tier = plan.Name,
            features = Enum.GetValues<TierFeature>().Where(feature => feature != TierFeature.None).ToDictionary(feature => Camel(feature.ToString()), plan.Has),
            limits = plan.Limits,
        });
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
