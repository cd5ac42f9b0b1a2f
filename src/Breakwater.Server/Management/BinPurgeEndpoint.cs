using Breakwater.Core.Access;
using Breakwater.Core.SoftDelete;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>Empties the recycle bin, page by page. Not ACR's: there it is emptied by time alone.</summary>
internal sealed class BinPurgeEndpoint(BinPurge purge, PurgeRecords records, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("POST", "/purgeDeleted", ManagementActions.PurgeDeleted, PurgeAsync);

    private async Task PurgeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var (start, request) = (clock.GetTimestamp(), (await ArmJson.ReadAsync<BinPurgeBody>(context)).ToRequest());
        var page = await purge.RunAsync(access, request, item => records.WriteAsync(context, access, item, start), context.RequestAborted);
        await ArmJson.WriteAsync(context, new
        {
            dryRun = request.DryRun,
            manifestCount = page.Manifests,
            tagCount = page.Tags,
            freedBytes = request.DryRun ? (long?)null : page.FreedBytes,
            asOf = page.AsOf,
            isComplete = page.IsComplete,
        });
    }
}
