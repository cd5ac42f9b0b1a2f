namespace Breakwater.Server.Management;

/// <summary>Which requests speak to the management plane or the directory: their errors have ARM's form.</summary>
internal static class ManagementPaths
{
    private static readonly PathString[] Roots = ["/subscriptions", "/tenants", "/providers", "/graph"];

    public static bool Contain(PathString path)
    {
        foreach (var root in Roots)
        {
            if (path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
