using Breakwater.Core.Access;
using Breakwater.Core.Retention;
using Breakwater.Server.Access;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.Management;

/// <summary>
/// Removes tags and manifests by filters and age, page by page. Not ACR's: there <c>acr purge</c> is a container that runs as a task and works request by
/// request, on what it saw some time before.
/// </summary>
internal sealed class PurgeEndpoint(ArtifactPurge purge, PurgeRecords records, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("POST", "/purge", ManagementActions.PurgeArtifacts, PurgeAsync);

    private async Task PurgeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var (start, request) = (clock.GetTimestamp(), (await ArmJson.ReadAsync<PurgeBody>(context)).ToRequest());
        var page = await purge.RunAsync(
            access, request, EventRequests.Of(context), item => records.WriteAsync(context, access, item, start), context.RequestAborted);
        await ArmJson.WriteAsync(context, new
        {
            dryRun = request.DryRun,
            removed = page.Removed.Select(item => new { repository = item.Repository, tag = item.Tag, digest = item.Digest }),
            kept = page.Kept.Select(item => new { repository = item.Repository, tag = item.Tag, digest = item.Digest, reason = ReasonOf(item.Reason) }),
            asOf = page.AsOf,
            pullsCountedSince = page.CountedSince,
            continuation = page.Next?.ToString(),
        });
    }

    private static string ReasonOf(KeepReason reason) => reason.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";
}
