namespace Breakwater.Server.Tests.Access;

/// <summary>The route table as the checked-in file has it.</summary>
internal static class RouteLines
{
    private const int RouteColumn = 9;

    /// <param name="installation">The issuer's addresses begin with its id, which is another one in every run.</param>
    public static string Normalise(string routes, Guid installation)
    {
        var lines = routes.Replace(installation.ToString("D"), "INSTALLATION-ID", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(lines.OrderBy(line => line[RouteColumn..], StringComparer.Ordinal).ThenBy(line => line, StringComparer.Ordinal).Select(line => line + "\n"));
    }
}
