using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's repository-scoped tokens. https://learn.microsoft.com/rest/api/containerregistry/tokens</summary>
internal sealed class TokenResourceEndpoints(ScopedTokens tokens, InstallationScope installation, TimeProvider clock)
{
    private const string Tail = "/tokens";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", Tail, ManagementActions.TokensRead, ListAsync)
        .MapRegistry("GET", Tail + "/{name}", ManagementActions.TokensRead, GetAsync)
        .MapRegistry("PUT", Tail + "/{name}", ManagementActions.TokensWrite, PutAsync)
        .MapRegistry("PATCH", Tail + "/{name}", ManagementActions.TokensWrite, ChangeAsync)
        .MapRegistry("DELETE", Tail + "/{name}", ManagementActions.TokensDelete, DeleteAsync)
        .MapRegistry("POST", "/generateCredentials", ManagementActions.GenerateCredentials, GenerateAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var page = await tokens.ListAsync(access, ArmPage.After(context), ArmPage.Size);
        var passwords = await tokens.PasswordsAsync(access, page.Items);
        await ArmPage.WriteAsync(context, page, token => Render(access, token, passwords[token.Id]));
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        await WriteAsync(context, access, StatusCodes.Status200OK);
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = (await ArmJson.ReadAsync<TokenBody>(context)).Properties;
        await StoreAsync(context, access, ScopeMapEndpoints.NameIn(body?.ScopeMapId) ?? "", body?.Status);
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = (await ArmJson.ReadAsync<TokenBody>(context)).Properties;
        var old = await FindAsync(context, access);
        var scopeMap = body?.ScopeMapId is null ? old.ScopeMap : ScopeMapEndpoints.NameIn(body.ScopeMapId) ?? "";
        await StoreAsync(context, access, scopeMap, body?.Status ?? (old.Enabled ? "enabled" : "disabled"), body?.Credentials?.Passwords);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        context.Response.StatusCode = await tokens.DeleteAsync(access, NameOf(context)) ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
    }

    private async Task GenerateAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var body = await ArmJson.ReadAsync<GenerateBody>(context);
        if (body.TokenId?.Split('/') is not [.., "tokens", { Length: > 0 } token] || (body.Name is { } one && !ScopedTokens.PasswordNames.Contains(one)))
            throw new OciException(ManagementErrors.InvalidRequest, "tokenId must be the resource id of a token, and name password1 or password2.");
        var made = new List<object>();
        foreach (var name in body.Name is { } named ? [named] : ScopedTokens.PasswordNames)
        {
            var password = await tokens.GenerateAsync(access, token, name, body.Expiry) ?? throw new OciException(ManagementErrors.NotFound);
            made.Add(new { name, value = password.Reveal(), creationTime = clock.GetUtcNow(), expiry = body.Expiry });
        }
        await ArmJson.WriteAsync(context, new { username = token, passwords = made });
    }

    private async Task StoreAsync(HttpContext context, ManagementAccess access, string scopeMap, string? status, IReadOnlyList<TokenBody.KeptPassword?>? kept = null)
    {
        if (status is not (null or "enabled" or "disabled"))
            throw new OciException(ManagementErrors.InvalidRequest, "properties.status must be enabled or disabled.");
        var outcome = await tokens.PutAsync(access, NameOf(context), scopeMap, status != "disabled");
        if (outcome == ScopedTokenOutcome.Done && kept is not null)
            await tokens.KeepPasswordsAsync(access, NameOf(context), [.. kept.Select(password => password?.Name ?? "")]);
        await WriteAsync(context, access, outcome switch
        {
            ScopedTokenOutcome.Created => StatusCodes.Status201Created,
            ScopedTokenOutcome.Done => StatusCodes.Status200OK,
            ScopedTokenOutcome.NameTaken => throw new OciException(ManagementErrors.NameTaken),
            _ => throw new OciException(ManagementErrors.InvalidRequest, "properties.scopeMapId must be the resource id of a scope map of this registry."),
        });
    }

    private async Task WriteAsync(HttpContext context, ManagementAccess access, int status)
    {
        var token = await FindAsync(context, access);
        await ArmJson.WriteAsync(context, Render(access, token, await tokens.PasswordsAsync(access, token.Id)), status);
    }

    private async Task<ScopedToken> FindAsync(HttpContext context, ManagementAccess access) =>
        await tokens.FindAsync(access, NameOf(context)) ?? throw new OciException(ManagementErrors.NotFound);

    private static string NameOf(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";

    private object Render(ManagementAccess access, ScopedToken token, IEnumerable<ScopedTokenPassword> passwords) => new
    {
        id = $"{installation.Registry(access.Registry!.Name)}{Tail}/{token.Name}",
        type = "Microsoft.ContainerRegistry/registries/tokens",
        name = token.Name,
        properties = new
        {
            creationDate = token.CreatedAt,
            provisioningState = "Succeeded",
            scopeMapId = ScopeMapEndpoints.IdOf(installation, access, token.ScopeMap),
            status = token.Enabled ? "enabled" : "disabled",
            credentials = new { passwords = passwords.Select(p => new { name = p.Name, creationTime = p.CreatedAt, expiry = p.ExpiresAt }) },
        },
    };

    /// <param name="Expiry">Null: never.</param>
    /// <param name="Name">Null: both.</param>
    internal sealed record GenerateBody(string? TokenId, DateTimeOffset? Expiry, string? Name);
}
