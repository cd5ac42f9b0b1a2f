using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>Groups and their members by Microsoft Graph. https://learn.microsoft.com/graph/api/resources/group</summary>
internal sealed class GroupEndpoints(DirectoryGroups groups, DirectoryViews views)
{
    private const string Groups = GraphRoute.Root + "/groups";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .Map("GET", Groups, ManagementActions.DirectoryRead, ListAsync)
        .Map("POST", Groups, ManagementActions.DirectoryWrite, CreateAsync)
        .Map("GET", Groups + "/{id}", ManagementActions.DirectoryRead, GetAsync)
        .Map("DELETE", Groups + "/{id}", ManagementActions.DirectoryWrite, DeleteAsync)
        .Map("GET", Groups + "/{id}/members", ManagementActions.DirectoryRead, ListMembersAsync)
        .Map("POST", Groups + "/{id}/members/$ref", ManagementActions.DirectoryWrite, AddMemberAsync)
        .Map("DELETE", Groups + "/{id}/members/{member}/$ref", ManagementActions.DirectoryWrite, RemoveMemberAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        var page = GraphPage.Of(context);
        var filter = ODataFilter.Parse(context).Allow("displayName", ODataFilter.PrefixOf("displayName"), "mailNickname");
        var name = new NameFilter(filter.Value("displayName"), filter.Prefix("displayName"));
        var found = await views.GroupsAsync(access, name, filter.Value("mailNickname"), page.After, page.Limit + 1);
        await page.WriteAsync(context, found, group => group.Id, Render);
    }

    private async Task CreateAsync(HttpContext context, ManagementAccess access)
    {
        var body = await ArmJson.ReadAsync<GroupBody>(context);
        if (string.IsNullOrWhiteSpace(body.DisplayName) || body.MailEnabled is true || body.SecurityEnabled is false)
            throw new OciException(ManagementErrors.InvalidRequest, "displayName is needed, mailEnabled must be false and securityEnabled true.");
        var id = await groups.CreateAsync(access, body.DisplayName, body.Description, body.MailNickname);
        await ArmJson.WriteAsync(context, Render((await views.GroupAsync(access, id))!), StatusCodes.Status201Created);
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access) => await ArmJson.WriteAsync(context, Render(await FindAsync(context, access)));

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        await RequireAsync(groups.DeleteAsync(access, GraphRoute.Id(context)));
        GraphRoute.NoContent(context);
    }

    private async Task ListMembersAsync(HttpContext context, ManagementAccess access)
    {
        var members = await views.MembersAsync(access, (await FindAsync(context, access)).Id);
        await ArmJson.WriteAsync(context, new { value = members.Select(Render) });
    }

    private async Task AddMemberAsync(HttpContext context, ManagementAccess access)
    {
        if ((await ArmJson.ReadAsync<MemberReference>(context)).Id is not { } member)
            throw new OciException(ManagementErrors.InvalidRequest, "@odata.id must end in the id of a user, a service principal or a group: …/directoryObjects/GUID.");
        await RequireAsync(groups.AddMemberAsync(access, GraphRoute.Id(context), member));
        GraphRoute.NoContent(context);
    }

    private async Task RemoveMemberAsync(HttpContext context, ManagementAccess access)
    {
        await RequireAsync(groups.RemoveMemberAsync(access, GraphRoute.Id(context), GraphRoute.Id(context, "member")));
        GraphRoute.NoContent(context);
    }

    private async Task<GroupView> FindAsync(HttpContext context, ManagementAccess access) =>
        await views.GroupAsync(access, GraphRoute.Id(context)) ?? throw new OciException(ManagementErrors.NotFound);

    private static async Task RequireAsync(Task<bool> change)
    {
        if (!await change)
            throw new OciException(ManagementErrors.NotFound);
    }

    private static object Render(GroupView group) => new
    {
        id = group.Id.ToString("D"),
        displayName = group.Name,
        description = group.Description,
        mailNickname = group.MailNickname,
        mailEnabled = false,
        securityEnabled = true,
        createdDateTime = group.CreatedAt,
    };

    private static object Render(MemberView member) => new Dictionary<string, object>
    {
        ["@odata.type"] = $"#microsoft.graph.{member.Type}",
        ["id"] = member.Id.ToString("D"),
        ["displayName"] = member.Name,
    };
}
