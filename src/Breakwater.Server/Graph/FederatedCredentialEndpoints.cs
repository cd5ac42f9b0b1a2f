using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>Which tokens of other issuers stand for an application. https://learn.microsoft.com/graph/api/resources/federatedidentitycredential</summary>
internal sealed class FederatedCredentialEndpoints(FederatedCredentials credentials)
{
    private const string Root = GraphRoute.Root + "/applications/{id}/federatedIdentityCredentials";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .Map("GET", Root, ManagementActions.DirectoryRead, ListAsync)
        .Map("POST", Root, ManagementActions.DirectoryWrite, AddAsync)
        .Map("GET", Root + "/{credential}", ManagementActions.DirectoryRead, GetAsync)
        .Map("DELETE", Root + "/{credential}", ManagementActions.DirectoryWrite, RemoveAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access) =>
        await ArmJson.WriteAsync(context, new { value = (await credentials.ListAsync(access, GraphRoute.Id(context))).Select(Render) });

    private async Task AddAsync(HttpContext context, ManagementAccess access)
    {
        var body = await ArmJson.ReadAsync<FederatedCredentialBody>(context);
        if (body.Audiences is not [{ } audience] || body.ClaimsMatchingExpression is { LanguageVersion: not (null or 1) })
            throw new OciException(ManagementErrors.InvalidRequest, "audiences must hold exactly one, and claimsMatchingExpression.languageVersion can only be 1.");
        var added = await credentials.AddAsync(access, new FederatedCredential
        {
            Id = Guid.NewGuid(),
            PrincipalId = GraphRoute.Id(context),
            Name = body.Name ?? "",
            Issuer = body.Issuer ?? "",
            Subject = body.Subject ?? "",
            Audience = audience,
            Expression = body.ClaimsMatchingExpression?.Value,
            Description = body.Description,
        });
        await ArmJson.WriteAsync(context, Render(added ?? throw new OciException(ManagementErrors.NotFound)), StatusCodes.Status201Created);
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access) => await ArmJson.WriteAsync(context, Render(await FindAsync(context, access)));

    private async Task RemoveAsync(HttpContext context, ManagementAccess access)
    {
        if (!await credentials.RemoveAsync(access, GraphRoute.Id(context), (await FindAsync(context, access)).Id))
            throw new OciException(ManagementErrors.NotFound);
        GraphRoute.NoContent(context);
    }

    /// <summary>By its id or its name, as Graph takes either.</summary>
    private async Task<FederatedCredential> FindAsync(HttpContext context, ManagementAccess access)
    {
        var key = context.Request.RouteValues["credential"] as string;
        return (await credentials.ListAsync(access, GraphRoute.Id(context))).SingleOrDefault(credential => credential.Name == key || credential.Id.ToString("D").Equals(key, StringComparison.OrdinalIgnoreCase))
            ?? throw new OciException(ManagementErrors.NotFound);
    }

    private static object Render(FederatedCredential credential) => new
    {
        id = credential.Id.ToString("D"),
        name = credential.Name,
        issuer = credential.Issuer,
        subject = credential.Subject,
        description = credential.Description,
        audiences = new[] { credential.Audience },
        claimsMatchingExpression = credential.Expression is null ? null : new { value = credential.Expression, languageVersion = 1 },
    };
}
