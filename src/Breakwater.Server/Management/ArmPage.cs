using Breakwater.Core.Identity;

namespace Breakwater.Server.Management;

/// <summary>Pages of ARM's lists: so many entries and, as <c>nextLink</c>, the address of what follows.</summary>
/// <remarks>https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md#collections</remarks>
internal static class ArmPage
{
    /// <summary>Entries of one page.</summary>
    public const int Size = 100;

    private const string SkipToken = "$skipToken";

    /// <summary>Where the page before ended; null for the first page.</summary>
    public static string? After(HttpContext context) => context.Request.Query[SkipToken] is [{ Length: > 0 } token] ? token : null;

    public static Task WriteAsync<T>(HttpContext context, Page<T> page, Func<T, object> render) =>
        ArmJson.WriteAsync(context, new { value = page.Items.Select(render), nextLink = page.Next is { } next ? Link(context, next) : null });

    /// <summary>The same with something beside the entries.</summary>
    public static Task WriteAsync<T>(HttpContext context, Page<T> page, Func<T, object> render, (string Name, object Value) beside)
    {
        var body = new Dictionary<string, object> { [beside.Name] = beside.Value, ["value"] = page.Items.Select(render) };
        if (page.Next is { } next)
            body["nextLink"] = Link(context, next);
        return ArmJson.WriteAsync(context, body);
    }

    // Everything that the first request asked with belongs to the next one too.
    private static string Link(HttpContext context, string next)
    {
        var request = context.Request;
        var query = request.Query
            .Where(pair => !pair.Key.Equals(SkipToken, StringComparison.OrdinalIgnoreCase))
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}&");
        return $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}?{string.Concat(query)}{SkipToken}={Uri.EscapeDataString(next)}";
    }
}
