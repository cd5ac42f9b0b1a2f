using Breakwater.Core.Access;
using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Server.Distribution;

/// <summary>The registry as a whole: is it one (end-1), and which repositories has it.</summary>
/// <param name="path">Where the list stands; <c>/acr/v1</c> has the same one.</param>
internal sealed class CatalogEndpoints(RepositoryStore repositories, string path = "/v2/_catalog")
{
    // What ACR answers when the client names no number.
    private const int DefaultPage = 100;

    private static readonly byte[] EmptyObject = "{}"u8.ToArray();
    private static readonly byte[] ListStart = """{"repositories":["""u8.ToArray();
    private static readonly byte[] ListEnd = "]}"u8.ToArray();

    public static Task AnswerVersion(HttpContext context, RegistryAccess access) => JsonAnswer.WriteAsync(context, EmptyObject);

    public async Task ListAsync(HttpContext context, RegistryAccess access)
    {
        var page = Paging.Parse(context.Request.Query["n"], context.Request.Query["last"]);
        var limit = PageLimit.Clamp(page.N ?? DefaultPage);
        var names = await repositories.ListAsync(access, page.Last, limit);
        if (names.LastBeforeMore is { } last)
            PageLimit.SetNext(context.Response, path, limit, last);
        await JsonAnswer.WriteAsync(context, ListStart, names.Json, ListEnd);
    }
}
