using System.Globalization;
using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>What a client asks of a list of tags or manifests: <c>n</c>, <c>last</c>, <c>orderby</c>.</summary>
/// <param name="OrderBy">As the client wrote it.</param>
internal sealed record AcrList(ItemQuery Query, string? OrderBy)
{
    // What az asks for, and the most that one answer may cost.
    private const int DefaultPage = 100, MaxPage = 1_000;

    // Ours: the time that goes with "last", so that a page in order of time follows although its last item has changed since.
    private const string LastAt = "lastat";

    /// <exception cref="OciException"><c>PaginationNumberInvalid</c> or <c>BadRequest</c></exception>
    public static AcrList Parse(IQueryCollection query)
    {
        var page = Paging.Parse(query["n"], query["last"]);
        string? orderBy = query["orderby"];
        return new AcrList(new ItemQuery(OrderOf(orderBy), page.Last, TimeOf(query[LastAt]), Math.Min(page.N ?? DefaultPage, MaxPage)), orderBy);
    }

    /// <summary>The next page (RFC 8288), relative to this host. Names, tags and digests need no escape in a query.</summary>
    public void SetNext(HttpResponse response, string path, string last, DateTimeOffset lastAt, string? digest = null)
    {
        var time = Query.Order == ItemOrder.Name ? "" : $"&{LastAt}={lastAt.ToUnixTimeMilliseconds()}";
        var filter = string.IsNullOrEmpty(digest) ? "" : $"&digest={digest}";
        response.Headers.Link = $"<{path}?last={last}&n={Query.Limit}&orderby={OrderBy}{time}{filter}>; rel=\"next\"";
    }

    private static ItemOrder OrderOf(string? text) => text switch
    {
        null or "" or "none" => ItemOrder.Name,
        "timeasc" => ItemOrder.TimeAscending,
        "timedesc" => ItemOrder.TimeDescending,
        _ => throw new OciException(OciErrors.BadRequest, "orderby is not valid. Use timeasc or timedesc, or leave it out for the order of names."),
    };

    private static DateTimeOffset? TimeOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : throw new OciException(OciErrors.BadRequest, $"{LastAt} is not valid. Follow the Link header, or begin anew.");
    }
}
