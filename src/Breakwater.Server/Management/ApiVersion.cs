using System.Text.RegularExpressions;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>ARM's <c>api-version</c>: every request must carry one. All versions get the same, widest model.</summary>
internal static partial class ApiVersion
{
    /// <summary>Those that ACR's tools send, oldest first; newer ones are taken too.</summary>
    public static readonly string[] Known =
    [
        "2017-10-01", "2019-05-01", "2019-12-01-preview", "2020-11-01-preview", "2021-06-01-preview", "2021-08-01-preview", "2021-09-01", "2021-12-01-preview", "2022-02-01-preview",
        "2022-12-01", "2023-01-01-preview", "2023-07-01", "2023-11-01-preview", "2024-11-01-preview", "2025-04-01", "2025-05-01-preview", "2025-06-01-preview", "2025-11-01", "2026-01-01-preview",
    ];

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
