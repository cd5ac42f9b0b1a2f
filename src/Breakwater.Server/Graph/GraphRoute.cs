using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>What the endpoints of the directory have in common.</summary>
internal static class GraphRoute
{
    public const string Root = "/graph/v1.0";

    /// <exception cref="OciException"><c>NotFound</c>: what is no id is no object's.</exception>
    public static Guid Id(HttpContext context, string name = "id") =>
        Guid.TryParse(context.Request.RouteValues[name] as string, out var id) ? id : throw new OciException(ManagementErrors.NotFound);

    public static void NoContent(HttpContext context) => context.Response.StatusCode = StatusCodes.Status204NoContent;

    /// <exception cref="OciException"><c>NotFound</c> or <c>LastOwner</c></exception>
    public static void Require(DirectoryChange outcome)
    {
        if (outcome == DirectoryChange.NotFound)
            throw new OciException(ManagementErrors.NotFound);
        if (outcome == DirectoryChange.LastOwner)
            throw new OciException(ManagementErrors.LastOwner, "This is the last user who can manage the whole installation. Make another user Owner first.");
    }
}
