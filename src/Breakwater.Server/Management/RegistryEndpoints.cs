using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's registry resource: how one signs in to it. https://learn.microsoft.com/rest/api/containerregistry/registries</summary>
internal sealed class RegistryEndpoints(RegistrySignIn signIn, AdminUsers admins, RegistryDirectory registries, InstallationScope installation)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", "", ManagementActions.RegistriesRead, GetAsync)
        .MapRegistry("PATCH", "", ManagementActions.RegistriesWrite, ChangeAsync)
        .MapRegistry("POST", "/listCredentials", ManagementActions.ListCredentials, ListCredentialsAsync)
        .MapRegistry("POST", "/regenerateCredential", ManagementActions.RegenerateCredential, RegenerateAsync);

    private Task GetAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.RegistriesRead);
        ApiVersion.Require(context);
        return ArmJson.WriteAsync(context, RegistryResource.Render(context, installation, access.Registry!));
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var wanted = (await ArmJson.ReadAsync<RegistryBody>(context)).Properties ?? throw new OciException(ManagementErrors.InvalidRequest, "The body has no properties.");
        var change = new RegistryChange(ModeOf(wanted.RoleAssignmentMode), wanted.AdminUserEnabled, wanted.AnonymousPullEnabled, wanted.ToPolicyChange());
        await ArmJson.WriteAsync(context, RegistryResource.Render(context, installation, await signIn.ChangeAsync(access, change)));
    }

    private async Task ListCredentialsAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        RequireAdmin(access);
        await WriteCredentialsAsync(context, access);
    }

    private async Task RegenerateAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        RequireAdmin(access);
        if ((await ArmJson.ReadAsync<CredentialName>(context)).Name is not { } name || !AdminUsers.PasswordNames.Contains(name))
            throw new OciException(ManagementErrors.InvalidRequest, "name must be password or password2.");
        await admins.RegenerateAsync(access, name);
        await WriteCredentialsAsync(context, access);
    }

    private async Task WriteCredentialsAsync(HttpContext context, ManagementAccess access)
    {
        var passwords = await admins.ShowAsync(access, context.RequestAborted);
        await ArmJson.WriteAsync(context, new
        {
            username = access.Registry!.Name,
            passwords = passwords.Select((password, i) => new { name = AdminUsers.PasswordNames[i], value = password.Reveal() }),
        });
    }

    // The proof's registry is a snapshot from before the request.
    private void RequireAdmin(ManagementAccess access)
    {
        if (registries.Find(access.Registry!.Id) is not { AdminUserEnabled: true })
            throw new OciException(ManagementErrors.AdminUserDisabled);
    }

    private static RoleAssignmentMode? ModeOf(string? text) => text switch
    {
        null => null,
        nameof(RoleAssignmentMode.LegacyRegistryPermissions) => RoleAssignmentMode.LegacyRegistryPermissions,
        nameof(RoleAssignmentMode.AbacRepositoryPermissions) => RoleAssignmentMode.AbacRepositoryPermissions,
        _ => throw new OciException(ManagementErrors.InvalidRequest, "properties.roleAssignmentMode must be LegacyRegistryPermissions or AbacRepositoryPermissions."),
    };

    private sealed record CredentialName(string? Name);
}
