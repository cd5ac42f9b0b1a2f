using Breakwater.Core.Registries;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>A registry as ARM shows it. https://learn.microsoft.com/rest/api/containerregistry/registries</summary>
internal static class RegistryResource
{
    public const string Type = "Microsoft.ContainerRegistry/registries";

    /// <summary>Where everything is: ARM's resources must be somewhere.</summary>
    public const string Location = "local";

    public static object Render(HttpContext context, InstallationScope installation, Registry registry) => new
    {
        id = installation.Registry(registry.Name),
        type = Type,
        name = registry.Name,
        location = Location,
        // No registry lacks anything: there are no tiers yet. Tools refuse a registry without one.
        sku = new { name = "Premium", tier = "Premium" },
        properties = new
        {
            loginServer = context.Request.Host.Value,
            provisioningState = "Succeeded",
            adminUserEnabled = registry.AdminUserEnabled,
            anonymousPullEnabled = registry.AnonymousPullEnabled,
            roleAssignmentMode = registry.RoleAssignmentMode.ToString(),
            anonymousPullRepositories = registry.Policies.AnonymousRepositories,
            policies = PoliciesBody.Of(registry.Policies),
        },
    };
}
