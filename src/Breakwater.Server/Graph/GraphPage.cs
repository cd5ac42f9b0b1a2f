using Breakwater.Oci;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>Pages of Microsoft Graph's lists: <c>$top</c> and a link to what follows. https://learn.microsoft.com/graph/paging</summary>
internal sealed record GraphPage(Guid After, int Limit)
{
    private const int Default = 100, Max = 999;

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public static GraphPage Of(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = Default;
        if (query["$top"] is [{ } top] && (!int.TryParse(top, out limit) || limit is < 1 or > Max))
            throw new OciException(ManagementErrors.InvalidRequest, $"$top must be a number from 1 to {Max}.");
        var after = Guid.Empty;
        if (query["$skiptoken"] is [{ } token] && !Guid.TryParse(token, out after))
            throw new OciException(ManagementErrors.InvalidRequest, "$skiptoken is not one of ours. Follow @odata.nextLink as it is.");
        return new GraphPage(after, limit);
    }

    /// <param name="found">At most one more than the page takes.</param>
    public Task WriteAsync<T>(HttpContext context, IReadOnlyList<T> found, Func<T, Guid> idOf, Func<T, object> render)
    {
        var shown = found.Take(Limit).ToList();
        var body = new Dictionary<string, object> { ["value"] = shown.Select(render) };
        if (found.Count > Limit)
            body["@odata.nextLink"] = NextLink(context, idOf(shown[^1]));
        return ArmJson.WriteAsync(context, body);
    }

    private string NextLink(HttpContext context, Guid last)
    {
        var request = context.Request;
        var filter = request.Query["$filter"] is [{ } text] ? $"&$filter={Uri.EscapeDataString(text)}" : "";
        return $"{request.Scheme}://{request.Host}{request.Path}?$top={Limit}&$skiptoken={last:D}{filter}";
    }
}
