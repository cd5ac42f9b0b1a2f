using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>Which tokens of other issuers stand for a managed identity. https://learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials</summary>
internal sealed class IdentityCredentialEndpoints(ManagedIdentities identities, FederatedCredentials credentials, InstallationScope installation)
{
    private const string Root = IdentityRoute.Root + "/{name}/federatedIdentityCredentials";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapDirectoryInGroup("GET", Root, ManagementActions.DirectoryRead, ListAsync)
        .MapDirectoryInGroup("GET", Root + "/{credential}", ManagementActions.DirectoryRead, GetAsync)
        .MapDirectoryInGroup("PUT", Root + "/{credential}", ManagementActions.DirectoryWrite, PutAsync)
        .MapDirectoryInGroup("DELETE", Root + "/{credential}", ManagementActions.DirectoryWrite, DeleteAsync);

    // At most twenty: there is no second page.
    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        var identity = await IdentityAsync(context, access);
        await ArmJson.WriteAsync(context, new { value = (await credentials.ListAsync(access, identity.Id)).Select(credential => Render(identity, credential)) });
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        var identity = await IdentityAsync(context, access);
        await ArmJson.WriteAsync(context, Render(identity, await FindAsync(context, access, identity) ?? throw new OciException(ManagementErrors.NotFound)));
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        var identity = await IdentityAsync(context, access);
        var wanted = (await ArmJson.ReadAsync<IdentityCredentialBody>(context)).Properties;
        if (wanted?.Audiences is not [{ } audience])
            throw new OciException(ManagementErrors.InvalidRequest, $"properties.audiences must hold exactly one, {credentials.OwnAudience}.");
        var isNew = await FindAsync(context, access, identity) is null;
        var added = await credentials.AddAsync(access, new FederatedCredential
        {
            Id = Guid.NewGuid(),
            PrincipalId = identity.Id,
            Name = IdentityRoute.Name(context, "credential"),
            Issuer = wanted.Issuer ?? "",
            Subject = wanted.Subject ?? "",
            Audience = audience,
            Expression = null,
            Description = null,
        }, replace: true);
        await ArmJson.WriteAsync(
            context, Render(identity, added ?? throw new OciException(ManagementErrors.NotFound)), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        var identity = await IdentityAsync(context, access);
        var removed = await FindAsync(context, access, identity) is { } credential && await credentials.RemoveAsync(access, identity.Id, credential.Id);
        context.Response.StatusCode = removed ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
    }

    private Task<ManagedIdentity> IdentityAsync(HttpContext context, ManagementAccess access)
    {
        IdentityRoute.Require(context, installation);
        return IdentityRoute.FindAsync(context, access, identities);
    }

    private async Task<FederatedCredential?> FindAsync(HttpContext context, ManagementAccess access, ManagedIdentity identity)
    {
        var name = IdentityRoute.Name(context, "credential");
        return (await credentials.ListAsync(access, identity.Id)).SingleOrDefault(credential => credential.Name == name);
    }

    private object Render(ManagedIdentity identity, FederatedCredential credential) => new
    {
        id = $"{IdentityRoute.IdOf(installation, identity)}/federatedIdentityCredentials/{credential.Name}",
        type = IdentityRoute.Type + "/federatedIdentityCredentials",
        name = credential.Name,
        properties = new { issuer = credential.Issuer, subject = credential.Subject, audiences = new[] { credential.Audience } },
    };
}
