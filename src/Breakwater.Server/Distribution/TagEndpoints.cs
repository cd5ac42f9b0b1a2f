using System.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Tags;
using Breakwater.Oci;

namespace Breakwater.Server.Distribution;

/// <summary>Listing tags (end-8).</summary>
internal sealed class TagEndpoints(TagStore tags)
{
    private static readonly byte[] ListEnd = "]}"u8.ToArray();

    /// <summary>Without <c>n</c> the whole list is answered: clients that know no paging rely on it.</summary>
    public async Task ListAsync(HttpContext context, RepositoryAccess access)
    {
        var page = Paging.Parse(context.Request.Query["n"], context.Request.Query["last"]);
        var limit = page is { N: null, Last: null } ? int.MaxValue : PageLimit.Clamp(page.N);
        var names = await tags.ListAsync(access, page.Last, limit);
        if (names.LastBeforeMore is { } last)
            PageLimit.SetNext(context.Response, $"/v2/{access.Repository.Value}/tags/list", limit, last);
        await JsonAnswer.WriteAsync(context, ListStart(access.Repository), names.Json, ListEnd);
    }

    // A repository's name has no character that JSON escapes.
    private static byte[] ListStart(RepositoryName repository) => Encoding.UTF8.GetBytes($$"""{"name":"{{repository.Value}}","tags":[""");
}
