using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>The admin user's passwords. https://learn.microsoft.com/rest/api/containerregistry/registries/list-credentials</summary>
internal sealed class RegistryCredentialEndpoints(AdminUsers admins, RegistryDirectory registries)
{
    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("POST", "/listCredentials", ManagementActions.ListCredentials, ListAsync)
        .MapRegistry("POST", "/regenerateCredential", ManagementActions.RegenerateCredential, RegenerateAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        RequireAdmin(access);
        await WriteAsync(context, access);
    }

    private async Task RegenerateAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        RequireAdmin(access);
        if ((await ArmJson.ReadAsync<CredentialName>(context)).Name is not { } name || !AdminUsers.PasswordNames.Contains(name))
            throw new OciException(ManagementErrors.InvalidRequest, "name must be password or password2.");
        await admins.RegenerateAsync(access, name);
        await WriteAsync(context, access);
    }

    private async Task WriteAsync(HttpContext context, ManagementAccess access)
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

    internal sealed record CredentialName(string? Name);
}
