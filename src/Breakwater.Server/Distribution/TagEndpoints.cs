using Breakwater.Core.Access;
using Breakwater.Core.Tags;
using Breakwater.Oci;

namespace Breakwater.Server.Distribution;

/// <summary>Listing tags (end-8).</summary>
internal sealed class TagEndpoints(TagStore tags)
{
    /// <summary>Without <c>n</c> the whole list is answered: clients that know no paging rely on it.</summary>
    public async Task ListAsync(HttpContext context, RepositoryAccess access)
    {
        var page = Paging.Parse(context.Request.Query["n"], context.Request.Query["last"]);
        if (page is { N: null, Last: null or "" })
        {
            await JsonAnswer.WriteAsync(context, await tags.ListAllAsync(access, names => Render(access.Repository, names)));
            return;
        }
        var limit = PageLimit.Clamp(page.N);
        var names = PageLimit.Cut(await tags.ListAsync(access, page.Last, limit + 1), limit, out var more);
        if (more)
            PageLimit.SetNext(context.Response, $"/v2/{access.Repository.Value}/tags/list", limit, names[^1]);
        await JsonAnswer.WriteAsync(context, Render(access.Repository, names));
    }

    private static byte[] Render(RepositoryName repository, IReadOnlyList<string> names) => JsonAnswer.Render((repository, names), static (json, list) =>
    {
        json.WriteString("name", list.repository.Value);
        JsonAnswer.WriteStrings(json, "tags", list.names);
    });
}
