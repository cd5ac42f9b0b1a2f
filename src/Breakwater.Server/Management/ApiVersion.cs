using System.Text.RegularExpressions;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>ARM's <c>api-version</c>: every request must carry one. All versions get the same, widest model.</summary>
internal static partial class ApiVersion
{
    /// <exception cref="OciException"><c>MissingApiVersion</c> or <c>InvalidApiVersion</c></exception>
    public static void Require(HttpContext context)
    {
        if (context.Request.Query["api-version"] is not [{ Length: > 0 } version])
            throw new OciException(ManagementErrors.MissingApiVersion);
        if (!Form().IsMatch(version))
            throw new OciException(ManagementErrors.InvalidApiVersion);
    }

    [GeneratedRegex("^20[0-9]{2}-[01][0-9]-[0-3][0-9](-preview)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
