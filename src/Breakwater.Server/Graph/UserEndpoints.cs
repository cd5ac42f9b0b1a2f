using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>Users by Microsoft Graph. https://learn.microsoft.com/graph/api/resources/user</summary>
internal sealed class UserEndpoints(UserAccounts users, UserIdentities identities, DirectoryViews views, TrustedIssuers issuers)
{
    private const string Users = GraphRoute.Root + "/users";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .Map("GET", Users, ManagementActions.DirectoryRead, ListAsync)
        .Map("POST", Users, ManagementActions.DirectoryWrite, CreateAsync)
        .Map("GET", Users + "/{id}", ManagementActions.DirectoryRead, GetAsync)
        .Map("PATCH", Users + "/{id}", ManagementActions.DirectoryWrite, ChangeAsync)
        .Map("DELETE", Users + "/{id}", ManagementActions.DirectoryWrite, DeleteAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        var page = GraphPage.Of(context);
        var filter = ODataFilter.Parse(context).Allow("userPrincipalName", ODataFilter.PrefixOf("displayName"));
        var name = new NameFilter(filter.Value("userPrincipalName"), filter.Prefix("displayName"));
        var found = await views.UsersAsync(access, name, page.After, page.Limit + 1);
        var known = await identities.ListAsync(access, found.Select(user => user.Id));
        await page.WriteAsync(context, found, user => user.Id, user => Render(user, known[user.Id]));
    }

    private async Task CreateAsync(HttpContext context, ManagementAccess access)
    {
        var body = await ArmJson.ReadAsync<UserBody>(context);
        if (body.UserPrincipalName is not { } name || (PasswordOf(body) is null && body.Identities is not { Count: > 0 }))
            throw new OciException(ManagementErrors.InvalidRequest, "userPrincipalName and passwordProfile.password are needed; identities may stand in place of the password.");
        if (body.AccountEnabled is false)
            throw new OciException(ManagementErrors.InvalidRequest, "A user is made enabled. Create it, then set accountEnabled to false.");
        var entry = await users.CreateAsync(access, name, body.DisplayName, PasswordOf(body), body.MailNickname, IdentitiesOf(body));
        await ArmJson.WriteAsync(context, await RenderAsync(access, (await views.UserAsync(access, entry.Principal.Id))!), StatusCodes.Status201Created);
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access) => await ArmJson.WriteAsync(context, await RenderAsync(access, await FindAsync(context, access)));

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        var user = await FindAsync(context, access);
        var body = await ArmJson.ReadAsync<UserBody>(context);
        if (body.UserPrincipalName is { } name && name != user.Name)
            throw new OciException(ManagementErrors.InvalidRequest, "A user's name cannot be changed. Create another user.");
        GraphRoute.Require(await users.ChangeAsync(access, user.Id, new UserChange(body.DisplayName, !body.AccountEnabled, PasswordOf(body), body.MailNickname, IdentitiesOf(body))));
        GraphRoute.NoContent(context);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        GraphRoute.Require(await users.DeleteAsync(access, (await FindAsync(context, access)).Id));
        GraphRoute.NoContent(context);
    }

    /// <summary>By id or by name.</summary>
    private async Task<UserView> FindAsync(HttpContext context, ManagementAccess access)
    {
        var key = context.Request.RouteValues["id"] as string ?? "";
        var found = Guid.TryParse(key, out var id) ? await views.UserAsync(access, id) : (await views.UsersAsync(access, new NameFilter(key), Guid.Empty, 1)).SingleOrDefault();
        return found ?? throw new OciException(ManagementErrors.NotFound);
    }

    private static Secret? PasswordOf(UserBody body)
    {
        if (body.PasswordProfile is { ForceChangePasswordNextSignIn: true })
            throw new OciException(ManagementErrors.InvalidRequest, "passwordProfile.forceChangePasswordNextSignIn is not supported yet. Set it to false.");
        return body.PasswordProfile?.Password is { } password ? new Secret(password) : null;
    }

    private IReadOnlyCollection<UserIdentity>? IdentitiesOf(UserBody body) => body.Identities is { } sent ? [.. sent.Select(identity => identity.ToIdentity(issuers)).Distinct()] : null;

    private async Task<object> RenderAsync(ManagementAccess access, UserView user) => Render(user, (await identities.ListAsync(access, [user.Id]))[user.Id]);

    private static object Render(UserView user, IEnumerable<UserIdentity> known) => new
    {
        id = user.Id.ToString("D"),
        userPrincipalName = user.Name,
        displayName = user.DisplayName ?? user.Name,
        mailNickname = user.MailNickname,
        accountEnabled = !user.Disabled,
        createdDateTime = user.CreatedAt,
        identities = known.Select(ObjectIdentityBody.Render),
    };
}
