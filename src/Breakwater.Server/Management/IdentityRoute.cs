using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>How paths name managed identities: as resources of the group, although they belong to the directory of the whole installation.</summary>
internal static class IdentityRoute
{
    public const string Type = "Microsoft.ManagedIdentity/userAssignedIdentities";

    public const string Root = "/providers/" + Type;

    /// <summary>Every operation begins with it.</summary>
    /// <exception cref="OciException">There is no such group, or the api-version is missing.</exception>
    public static void Require(HttpContext context, InstallationScope installation)
    {
        ApiVersion.Require(context);
        var route = context.Request.RouteValues;
        if (!installation.IsSubscription(route["subscription"]) || (route.TryGetValue("group", out var group) && !InstallationScope.IsResourceGroup(group)))
            throw new OciException(ManagementErrors.NotFound);
    }

    public static string Name(HttpContext context, string key = "name") => context.Request.RouteValues[key] as string ?? "";

    /// <exception cref="OciException"><c>NotFound</c></exception>
    public static async Task<ManagedIdentity> FindAsync(HttpContext context, ManagementAccess access, ManagedIdentities identities) =>
        await identities.FindAsync(access, Name(context)) ?? throw new OciException(ManagementErrors.NotFound);

    public static string IdOf(InstallationScope installation, ManagedIdentity identity) => $"{installation.Group}{Root}/{identity.Name}";
}
