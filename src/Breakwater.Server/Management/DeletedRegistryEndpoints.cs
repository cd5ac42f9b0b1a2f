using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>Deleted registries, until their keys are destroyed. ACR has no such thing; the form is Key Vault's.</summary>
internal sealed class DeletedRegistryEndpoints(RegistryStore store, RegistryErasure erasure, RegistryResource resource, PrincipalDirectory principals, RecoveryWindow window, TimeProvider clock)
{
    private const string Tail = "/providers/Microsoft.ContainerRegistry/deletedRegistries";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapGroup("GET", Tail, ManagementActions.RegistriesRead, ListAsync)
        .MapGroup("POST", Tail + "/{name}/recover", ManagementActions.RecoverRegistry, RecoverAsync)
        .MapGroup("POST", Tail + "/{name}/purge", ManagementActions.PurgeRegistry, PurgeAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var found = await store.ListDeletedAsync(access);
        await ArmJson.WriteAsync(context, new
        {
            value = found.Select(deleted => new
            {
                name = deleted.Name,
                type = "Microsoft.ContainerRegistry/deletedRegistries",
                properties = new { registryId = deleted.Id, location = deleted.Location, deletionDate = deleted.DeletedAt, scheduledPurgeDate = deleted.DeletedAt + window.Length },
            }),
        });
    }

    private async Task RecoverAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var result = await store.RecoverAsync(access, NameOf(context));
        await ArmJson.WriteAsync(context, resource.Render(context, result.Registry ?? throw RegistryErrors.Of(result.Outcome)));
    }

    private async Task PurgeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var id = await store.FindForPurgeAsync(access, NameOf(context)) ?? throw new OciException(ManagementErrors.NotFound);
        // Whoever asked may go away meanwhile; what was begun is not to be left half done for that.
        var outcome = await erasure.EraseAsync(id, clock.GetUtcNow(), CancellationToken.None);
        if (outcome == ErasureOutcome.NotDeleted)
            throw new OciException(ManagementErrors.NotFound);
        principals.Forget(id);
        // 202: somebody is reading an older state, so that the journal still holds the wrapped keys; the background work goes on.
        context.Response.StatusCode = outcome == ErasureOutcome.Done ? StatusCodes.Status204NoContent : StatusCodes.Status202Accepted;
    }

    private static string NameOf(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";
}
