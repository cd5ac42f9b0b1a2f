using Breakwater.Core.Access;
using Breakwater.Core.Rotation;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>The exchange of a registry's root key, and how far it is. Not ACR's, whose root keys nobody but Azure exchanges.</summary>
internal sealed class RootKeyEndpoints(RootKeyRotations rotations)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("POST", "/rotateRootKey", ManagementActions.RegistriesWrite, BeginAsync)
        .MapRegistry("GET", "/rootKeyRotation", ManagementActions.RegistriesRead, ShowAsync);

    private async Task BeginAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var begun = await rotations.BeginAsync(access, context.RequestAborted) ?? throw new OciException(ManagementErrors.RotationUnderWay);
        await ArmJson.WriteAsync(context, Render(begun), StatusCodes.Status202Accepted);
    }

    private async Task ShowAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        await ArmJson.WriteAsync(context, await rotations.FindAsync(access) is { } rotation ? Render(rotation) : new { state = "Never" });
    }

    private static object Render(RootKeyRotation rotation) => new
    {
        state = rotation.State.ToString(),
        epoch = rotation.Epoch,
        startTime = rotation.StartedAt,
        endTime = rotation.State == RotationState.Done ? rotation.ChangedAt : (DateTimeOffset?)null,
        totalItems = rotation.TotalItems,
        totalBytes = rotation.TotalBytes,
        doneItems = rotation.DoneItems,
        doneBytes = rotation.DoneBytes,
        unreadableItems = rotation.Unreadable,
        uploadsInUse = rotation.Uploads,
    };
}
