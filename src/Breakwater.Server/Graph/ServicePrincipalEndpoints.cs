using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>
/// Applications and service principals by Microsoft Graph. Graph has two objects for one program, an application and its service principal in a
/// tenant. There is one tenant here, so both are one object with one id, and making the second finds the first.
/// https://learn.microsoft.com/graph/api/resources/serviceprincipal
/// </summary>
internal sealed class ServicePrincipalEndpoints(ServicePrincipals services, ClientCertificates certificates, DirectoryViews views, TimeProvider clock)
{
    private static readonly string[] Roots = [GraphRoute.Root + "/applications", GraphRoute.Root + "/servicePrincipals"];

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var routes = new ManagementRoutes(endpoints)
            .Map("POST", Roots[0], ManagementActions.DirectoryWrite, CreateAsync)
            .Map("POST", Roots[1], ManagementActions.DirectoryWrite, CreateSecondAsync);
        foreach (var root in Roots)
        {
            routes
                .Map("GET", root, ManagementActions.DirectoryRead, ListAsync)
                .Map("GET", root + "/{id}", ManagementActions.DirectoryRead, GetAsync)
                .Map("PATCH", root + "/{id}", ManagementActions.DirectoryWrite, ChangeAsync)
                .Map("DELETE", root + "/{id}", ManagementActions.DirectoryWrite, DeleteAsync)
                .Map("POST", root + "/{id}/addPassword", ManagementActions.DirectoryWrite, AddPasswordAsync)
                .Map("POST", root + "/{id}/removePassword", ManagementActions.DirectoryWrite, RemovePasswordAsync);
        }
    }

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        var page = GraphPage.Of(context);
        var filter = ODataFilter.Parse(context).Allow("displayName", ODataFilter.PrefixOf("displayName"), "appId", "servicePrincipalNames");
        var appId = filter.Value("appId") ?? filter.Value("servicePrincipalNames");
        var wanted = Guid.TryParse(appId, out var id) ? id : appId is null ? (Guid?)null : Guid.Empty;
        var found = await views.ServicePrincipalsAsync(access, new NameFilter(filter.Value("displayName"), filter.Prefix("displayName")), wanted, !IsOfApplications(context), page.After, page.Limit + 1);
        await page.WriteAsync(context, found, service => service.Id, service => Render(service, null, null));
    }

    private async Task CreateAsync(HttpContext context, ManagementAccess access)
    {
        var body = await ArmJson.ReadAsync<ApplicationBody>(context);
        if (string.IsNullOrWhiteSpace(body.DisplayName) || body.SignInAudience is not (null or "AzureADMyOrg"))
            throw new OciException(ManagementErrors.InvalidRequest, "displayName is needed, and signInAudience can only be AzureADMyOrg.");
        var keys = CertificatesOf(body.KeyCredentials);
        var entry = await services.CreateAsync(access, body.DisplayName);
        if (keys.Count > 0)
            await certificates.ReplaceAsync(access, entry.Principal.Id, keys);
        await ArmJson.WriteAsync(context, await RenderAsync(access, entry.Principal.Id), StatusCodes.Status201Created);
    }

    private async Task CreateSecondAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var body = await ArmJson.ReadAsync<ServicePrincipalBody>(context);
        var found = Guid.TryParse(body.AppId, out var appId) ? await views.ServicePrincipalsAsync(access, NameFilter.None, appId, withManaged: false, Guid.Empty, 1) : [];
        if (found is not [var service])
            throw new OciException(ManagementErrors.InvalidRequest, "appId must be the application id of an application. Create that first.");
        await ArmJson.WriteAsync(context, await RenderAsync(access, service.Id), StatusCodes.Status201Created);
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        var id = GraphRoute.Id(context);
        if (IsOfApplications(context) && await views.ServicePrincipalAsync(access, id) is { IsManaged: true })
            throw new OciException(ManagementErrors.NotFound);
        await ArmJson.WriteAsync(context, await RenderAsync(access, id));
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        var body = await ArmJson.ReadAsync<ServicePrincipalBody>(context);
        if (body is not { AppId: null } || (body.AccountEnabled is null && body.KeyCredentials is null))
            throw new OciException(ManagementErrors.InvalidRequest, "Only accountEnabled and keyCredentials can be changed.");
        if (body.KeyCredentials is not null)
            await RequireAsync(certificates.ReplaceAsync(access, GraphRoute.Id(context), CertificatesOf(body.KeyCredentials)));
        if (body.AccountEnabled is { } enabled)
            await RequireAsync(services.SetDisabledAsync(access, GraphRoute.Id(context), !enabled));
        GraphRoute.NoContent(context);
    }

    private static bool IsOfApplications(HttpContext context) => context.Request.Path.StartsWithSegments(Roots[0], StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<ClientCertificate> CertificatesOf(List<KeyCredentialBody>? keys) => [.. (keys ?? []).Select(key => key.ToCertificate(clock.GetUtcNow()))];

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        await RequireAsync(services.DeleteAsync(access, GraphRoute.Id(context)));
        GraphRoute.NoContent(context);
    }

    private async Task AddPasswordAsync(HttpContext context, ManagementAccess access)
    {
        var wanted = (await ArmJson.ReadAsync<AddPasswordBody>(context)).PasswordCredential;
        if (wanted?.StartDateTime > clock.GetUtcNow() + TimeSpan.FromMinutes(5))
            throw new OciException(ManagementErrors.InvalidRequest, "passwordCredential.startDateTime must not be in the future.");
        var secret = await services.AddSecretAsync(access, GraphRoute.Id(context), wanted?.DisplayName ?? "", wanted?.EndDateTime, wanted?.StartDateTime)
            ?? throw new OciException(ManagementErrors.NotFound);
        await ArmJson.WriteAsync(context, new
        {
            keyId = secret.Id,
            displayName = secret.Name,
            hint = secret.Hint,
            startDateTime = secret.StartsAt,
            endDateTime = secret.ExpiresAt,
            secretText = secret.Value.Reveal(),
        });
    }

    private async Task RemovePasswordAsync(HttpContext context, ManagementAccess access)
    {
        var key = (await ArmJson.ReadAsync<RemovePasswordBody>(context)).KeyId ?? throw new OciException(ManagementErrors.InvalidRequest, "keyId is needed.");
        await RequireAsync(services.RemoveSecretAsync(access, GraphRoute.Id(context), key));
        GraphRoute.NoContent(context);
    }

    private async Task<object> RenderAsync(ManagementAccess access, Guid id) => await views.ServicePrincipalAsync(access, id) is { } service
        ? Render(service, await views.SecretsAsync(access, id), await certificates.ListAsync(access, id))
        : throw new OciException(ManagementErrors.NotFound);

    private static async Task RequireAsync(Task<bool> change)
    {
        if (!await change)
            throw new OciException(ManagementErrors.NotFound);
    }

    private static object Render(ServicePrincipalView service, IReadOnlyList<SecretView>? secrets, IReadOnlyList<ClientCertificate>? keys) => new
    {
        id = service.Id.ToString("D"),
        appId = service.AppId.ToString("D"),
        displayName = service.Name,
        accountEnabled = !service.Disabled,
        servicePrincipalType = service.IsManaged ? "ManagedIdentity" : "Application",
        servicePrincipalNames = new[] { service.AppId.ToString("D") },
        createdDateTime = service.CreatedAt,
        keyCredentials = keys?.Select(KeyCredentialBody.Render),
        passwordCredentials = secrets?.Select(secret => new
        {
            keyId = secret.Id,
            displayName = secret.Name,
            hint = secret.Hint,
            startDateTime = secret.StartsAt,
            endDateTime = secret.ExpiresAt,
            lastUsedDateTime = secret.LastUsedAt,
        }),
    };
}
