using Breakwater.Core.Access;
using Breakwater.Core.Usage;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>Pulls, pushes and bytes of a registry, its repositories and their tags. Not ACR's, whose figures are those of the whole registry.</summary>
internal sealed class UsageEndpoints(UsageReader usage)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", "/usage", ManagementActions.ListUsages, ListRepositoriesAsync)
        .MapRegistry("GET", "/usage/tags", ManagementActions.ListUsages, ListTagsAsync);

    private async Task ListRepositoriesAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var page = await usage.ListRepositoriesAsync(access, QueryOf(context), ArmPage.Size);
        await ArmPage.WriteAsync(context, page, UsageJson.Render, ("registry", UsageJson.Render(await usage.ReadAsync(access))));
    }

    private async Task ListTagsAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        // Not in the path: names hold slashes.
        var name = context.Request.Query["repository"] is [{ Length: > 0 } given]
            ? RepositoryName.Parse(given)
            : throw new OciException(ManagementErrors.InvalidRequest, "Name one repository: ?repository=NAME.");
        // The answer is the same for what is not there and what the caller may not see.
        if (await usage.FindRepositoryAsync(access, name) is not { } repository || await usage.ListTagsAsync(access, name, QueryOf(context), ArmPage.Size) is not { } page)
            throw new OciException(ManagementErrors.NotFound);
        await ArmPage.WriteAsync(context, page, UsageJson.Render, ("repository", UsageJson.Render(repository)));
    }

    private static UsageQuery QueryOf(HttpContext context)
    {
        var words = ((string?)context.Request.Query["$orderby"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isDescending = words is [_, "desc"];
        return words.Length <= 1 || isDescending || words is [_, "asc"]
            ? new UsageQuery(OrderOf(words.FirstOrDefault()), isDescending, ArmPage.After(context))
            : throw Unusable();
    }

    private static UsageOrder OrderOf(string? word) => word switch
    {
        null or "name" => UsageOrder.Name,
        "sizeBytes" => UsageOrder.Size,
        "uniqueBytes" => UsageOrder.Unique,
        "pullCount" => UsageOrder.Pulls,
        "lastPullTime" => UsageOrder.LastPull,
        "lastPushTime" => UsageOrder.LastPush,
        _ => throw Unusable(),
    };

    private static OciException Unusable() => new(
        ManagementErrors.InvalidRequest, "$orderby must be one of name, sizeBytes, uniqueBytes, pullCount, lastPullTime and lastPushTime, with desc behind it if it is to descend.");
}
