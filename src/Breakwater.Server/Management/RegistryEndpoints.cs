using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Network;

namespace Breakwater.Server.Management;

/// <summary>
/// ARM's registry resource. It is there when PUT is answered, so there is no operation to wait for. What PUT and PATCH leave out stays as it is.
/// https://learn.microsoft.com/rest/api/containerregistry/registries
/// </summary>
internal sealed class RegistryEndpoints(
    RegistryStore store, RegistryDirectory registries, RegistryResource resource, RegistryIdentities identities, TierCatalog tiers, NetworkGate network)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", "", ManagementActions.RegistriesRead, GetAsync)
        .MapRegistryOrNone("PUT", "", ManagementActions.RegistriesWrite, PutAsync)
        .MapRegistry("PATCH", "", ManagementActions.RegistriesWrite, ChangeAsync)
        .MapRegistryOrNone("DELETE", "", ManagementActions.RegistriesDelete, DeleteAsync);

    private Task GetAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.RegistriesRead);
        ApiVersion.Require(context);
        return WriteAsync(context, access.Registry!);
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = await ArmJson.ReadAsync<RegistryBody>(context);
        var change = await ReadChangeAsync(context, access, body);
        if (access.Registry is { } existing)
            await ReplaceAsync(context, access, existing, body, change);
        else
            await CreateAsync(context, access, body, change);
    }

    private async Task CreateAsync(HttpContext context, ManagementAccess access, RegistryBody body, RegistryChange change)
    {
        if (context.Request.Headers.IfMatch.Count > 0)
            throw new OciException(ManagementErrors.PreconditionFailed);
        if (change.Plan is null)
            throw new OciException(ManagementErrors.InvalidRequest, $"A new registry needs sku.name, one of {string.Join(", ", tiers.Names)}.");
        var result = await store.CreateAsync(access, context.Request.RouteValues["registry"] as string ?? "", body.Location, change);
        await WriteAsync(context, Require(result), StatusCodes.Status201Created);
    }

    private async Task ReplaceAsync(HttpContext context, ManagementAccess access, Registry existing, RegistryBody body, RegistryChange change)
    {
        if (EntityTag.MustBeNew(context))
            throw new OciException(ManagementErrors.PreconditionFailed);
        if (body.Location is { } location && !location.Equals(existing.Location, StringComparison.OrdinalIgnoreCase))
            throw new OciException(ManagementErrors.LocationDiffers, $"The registry is in location '{existing.Location}' and cannot move.");
        await WriteAsync(context, Require(await store.ChangeAsync(access, change)));
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = await ArmJson.ReadAsync<RegistryBody>(context);
        // az sends the whole resource to change one member of it.
        if (body.Location is { } location && !location.Equals(access.Registry!.Location, StringComparison.OrdinalIgnoreCase))
            throw new OciException(ManagementErrors.InvalidRequest, "location cannot be changed. Leave it out.");
        await WriteAsync(context, Require(await store.ChangeAsync(access, await ReadChangeAsync(context, access, body))));
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var outcome = access.Registry is null ? RegistryOutcome.NotFound : await store.DeleteAsync(access, EntityTag.Expected(context));
        if (outcome is not (RegistryOutcome.Done or RegistryOutcome.NotFound))
            throw RegistryErrors.Of(outcome);
        context.Response.StatusCode = outcome == RegistryOutcome.Done ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
    }

    private async Task<RegistryChange> ReadChangeAsync(HttpContext context, ManagementAccess access, RegistryBody body) => body.ToChange(tiers) with
    {
        Identities = await identities.FindAsync(access, body.Identity),
        IfRevision = EntityTag.Expected(context),
        KeepsAdmitted = access.Registry is not { } registry || context.Request.Query["confirm"] == "true" ? null : network.AddressToKeep(context, registry),
    };

    private static Registry Require(RegistryResult result) => result.Registry ?? throw RegistryErrors.Of(result.Outcome);

    private Task WriteAsync(HttpContext context, Registry registry, int status = StatusCodes.Status200OK)
    {
        // The proof's registry is a snapshot from before the request.
        var current = registries.Find(registry.Id) ?? registry;
        EntityTag.Write(context, current.Revision);
        return ArmJson.WriteAsync(context, resource.Render(context, current), status);
    }
}
