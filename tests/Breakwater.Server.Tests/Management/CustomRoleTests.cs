using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

public sealed class CustomRoleTests(AccessHost host) : ManagementTest(host)
{
    private const string Acr = "Microsoft.ContainerRegistry/registries/";
    private const string Definitions = "/providers/Microsoft.Authorization/roleDefinitions";

    private static string Group => $"{Subscription}/resourceGroups/breakwater";

    private static string PathOf(Guid id, string? scope = null) => $"{scope ?? Subscription}{Definitions}/{id:D}{Version}";

    /// <summary>As <c>az role definition create</c> sends it.</summary>
    private static object Body(string name, string[]? actions = null, string[]? dataActions = null, string[]? notActions = null, params string[] scopes) => new
    {
        properties = new
        {
            roleName = name,
            type = "CustomRole",
            description = "made by a test",
            permissions = new[] { new { actions = actions ?? [], notActions = notActions ?? [], dataActions = dataActions ?? [], notDataActions = Array.Empty<string>() } },
            assignableScopes = scopes.Length == 0 ? [Subscription] : scopes,
        },
    };

    private async Task<Guid> MakeAsync(string name, string[] actions, string? scope = null)
    {
        var id = Guid.NewGuid();
        await CallAsync(HttpStatusCode.Created, "PUT", PathOf(id, scope), Body(name, actions, scopes: scope ?? Subscription));
        return id;
    }

    private Task<JsonNode?> GiveAsync(string principal, Guid role, string? scope = null, HttpStatusCode expected = HttpStatusCode.Created, string? by = null) => CallAsync(
        expected, "PUT", $"{scope ?? Registry}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}{Version}",
        new { properties = new { roleDefinitionId = $"{Subscription}{Definitions}/{role:D}", principalId = principal } }, by is null ? null : AccessHost.Basic(by));

    private async Task RefusedAsync(HttpStatusCode status, string code, Guid id, object body, string? by = null, string? scope = null) =>
        Assert.Equal(code, (string)(await CallAsync(status, "PUT", PathOf(id, scope), body, by is null ? null : AccessHost.Basic(by)))!["error"]!["code"]!);

    [Fact]
    public async Task Put_Role_IsShownAsAzShowsIt()
    {
        var id = Guid.NewGuid();

        var made = await CallAsync(HttpStatusCode.Created, "PUT", PathOf(id), Body("Shown", [Acr + "pull/read"], [Acr + "catalog/read"], ["*/write"]));

        Assert.Equal($"{Subscription}{Definitions}/{id:D}", (string)made!["id"]!);
        var properties = made["properties"]!;
        Assert.Equal("Shown", (string)properties["roleName"]!);
        Assert.Equal("CustomRole", (string)properties["type"]!);
        Assert.Equal("made by a test", (string)properties["description"]!);
        Assert.Equal($"""["{Subscription}"]""", properties["assignableScopes"]!.ToJsonString());
        Assert.Equal(
            $$"""[{"actions":["{{Acr}}pull/read"],"notActions":["*/write"],"dataActions":["{{Acr}}catalog/read"],"notDataActions":[]}]""",
            properties["permissions"]!.ToJsonString());
        Assert.NotNull(properties["createdOn"]);
        Assert.Equal(Host.Managing.Caller.Principal.Id.ToString("D"), (string)properties["createdBy"]!);
        Assert.Equal(made.ToJsonString(), (await CallAsync(HttpStatusCode.OK, "GET", PathOf(id, Registry)))!.ToJsonString());
        foreach (var filter in new[] { "roleName eq 'shown'", "type eq 'CustomRole' and roleName eq 'Shown'" })
            Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}{Definitions}{Version}&$filter={filter}"))!["value"]!.AsArray());
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}{Definitions}{Version}&$filter=type eq 'BuiltInRole' and roleName eq 'Shown'"))!["value"]!.AsArray());
    }

    [Fact]
    public async Task Put_Change_CountsAtOnceForOpenTokens()
    {
        var id = await MakeAsync("Widening", [Acr + "pull/read"]);
        await GiveAsync(await CreateUserAsync("ana"), id);
        var token = await TokenOfAsync("ana", "repository:app:pull,push");
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", token));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("PUT", "/v2/app/manifests/v1", AccessHost.Basic("ana")));

        await CallAsync(HttpStatusCode.Created, "PUT", PathOf(id), Body("Widening", [Acr + "push/write"]));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/app/manifests/v1", token));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("PUT", "/v2/app/manifests/v1", AccessHost.Basic("ana")));
    }

    [Fact]
    public async Task Put_Change_ReachesMembersOfNestedGroups()
    {
        var id = await MakeAsync("Of groups", [Acr + "artifacts/delete"]);
        var user = await CreateUserAsync("bea");
        var (outer, inner) = (await GroupAsync("outer"), await GroupAsync("inner"));
        await JoinAsync(outer, inner);
        await JoinAsync(inner, user);
        await GiveAsync(outer, id);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("DELETE", "/v2/app/manifests/v1", AccessHost.Basic("bea")));

        await CallAsync(HttpStatusCode.Created, "PUT", PathOf(id), Body("Of groups", [Acr + "sign/write"]));

        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("DELETE", "/v2/app/manifests/v1", AccessHost.Basic("bea")));
    }

    [Fact]
    public async Task Put_WildcardOverTheRegistry_ManagesAndOpensNoData()
    {
        var id = await MakeAsync("Everything of the registry", [Acr + "*"]);
        await GiveAsync(await CreateUserAsync("cid"), id);
        var cid = AccessHost.Basic("cid");

        await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}/scopeMaps{Version}", authorization: cid);
        foreach (var (method, path) in new[] { ("GET", "/v2/app/manifests/v1"), ("PUT", "/v2/app/manifests/v1"), ("DELETE", "/v2/app/manifests/v1"), ("GET", "/v2/_catalog"), ("GET", "/acr/v1/app") })
            Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(method, path, cid));
    }

    [Fact]
    public async Task Put_WrongContent_SaysWhatAndMakesNothing()
    {
        var id = Guid.NewGuid();
        foreach (var body in new[]
        {
            new { }, Body(""), Body("x", ["pull"]), Body("x", [Acr + "pul/read"]), Body("x", dataActions: [Acr + "content/read"]),
            Body("x", ["*"], scopes: "/"), Body("x", ["*"], scopes: $"/subscriptions/{Guid.NewGuid():D}"), Body("x", ["*"], scopes: Group + "2"),
            Body("x", ["*"], scopes: Registry + "2"),
            new { properties = new { roleName = "x", permissions = Array.Empty<object>(), assignableScopes = new[] { Subscription } } },
            new { properties = new { roleName = "x", type = "BuiltInRole", permissions = new[] { new { } }, assignableScopes = new[] { Subscription } } },
            new { properties = new { roleName = "x", permissions = new[] { new { } }, assignableScopes = Array.Empty<string>() } },
        })
        {
            Assert.NotNull((string?)(await CallAsync(HttpStatusCode.BadRequest, "PUT", PathOf(id), body))!["error"]!["message"]);
        }
        await CallAsync(HttpStatusCode.NotFound, "GET", PathOf(id));
        await CallAsync(HttpStatusCode.BadRequest, "PUT", $"{Subscription}{Definitions}/x{Version}", Body("x", ["*"]));
    }

    [Fact]
    public async Task Put_BuiltInRoleOrTakenName_IsRefused()
    {
        var pull = Core.Access.BuiltInRoles.AcrPull.Id;
        await RefusedAsync(HttpStatusCode.Forbidden, "RoleDefinitionIsBuiltIn", pull, Body("AcrPull", ["*"]));
        await CallAsync(HttpStatusCode.Forbidden, "DELETE", PathOf(pull));
        await RefusedAsync(HttpStatusCode.Conflict, "RoleDefinitionWithSameNameExists", Guid.NewGuid(), Body("acrPULL", ["*"]));
        await MakeAsync("Taken", ["*/read"]);
        await RefusedAsync(HttpStatusCode.Conflict, "RoleDefinitionWithSameNameExists", Guid.NewGuid(), Body("TAKEN", ["*"]));
    }

    [Fact]
    public async Task Delete_RoleInUse_IsRefusedUntilNobodyHasIt()
    {
        var id = await MakeAsync("In use", [Acr + "pull/read"]);
        var given = await GiveAsync(await CreateUserAsync("dot"), id);

        Assert.Equal("RoleDefinitionHasAssignments", (string)(await CallAsync(HttpStatusCode.BadRequest, "DELETE", PathOf(id)))!["error"]!["code"]!);
        await CallAsync(HttpStatusCode.OK, "DELETE", $"{given!["id"]}{Version}");
        Assert.Equal("In use", (string)(await CallAsync(HttpStatusCode.OK, "DELETE", PathOf(id)))!["properties"]!["roleName"]!);
        await CallAsync(HttpStatusCode.NoContent, "DELETE", PathOf(id));
    }

    [Fact]
    public async Task Put_NarrowerScopes_AreRefusedWhileTheRoleIsGivenOutside()
    {
        var id = await MakeAsync("Narrowing", [Acr + "pull/read"]);
        var given = await GiveAsync(await CreateUserAsync("eli"), id, Group);

        await RefusedAsync(HttpStatusCode.BadRequest, "RoleDefinitionHasAssignments", id, Body("Narrowing", [Acr + "pull/read"], scopes: Registry));
        await CallAsync(HttpStatusCode.OK, "DELETE", $"{given!["id"]}{Version}");
        await CallAsync(HttpStatusCode.Created, "PUT", PathOf(id), Body("Narrowing", [Acr + "pull/read"], scopes: Registry));
        Assert.Equal("RoleDefinitionDoesNotExist", (string)(await GiveAsync(await CreateUserAsync("eva"), id, Group, HttpStatusCode.BadRequest))!["error"]!["code"]!);
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"{Subscription}{Definitions}{Version}&$filter=roleName eq 'Narrowing'"))!["value"]!.AsArray());
        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{Subscription}{Definitions}{Version}&$filter=atScopeAndBelow() and roleName eq 'Narrowing'"))!["value"]!.AsArray());
    }

    [Fact]
    public async Task Put_ByContributor_IsForbiddenAndByUserAccessAdministratorNot()
    {
        await AssignAsync(await CreateUserAsync("flo"), "Contributor", scope: Subscription);
        await AssignAsync(await CreateUserAsync("gil"), "User Access Administrator", scope: Subscription);
        var id = Guid.NewGuid();

        await RefusedAsync(HttpStatusCode.Forbidden, "AuthorizationFailed", id, Body("By flo", ["*"]), by: "flo");
        await CallAsync(HttpStatusCode.Created, "PUT", PathOf(id), Body("By gil", ["*"]), AccessHost.Basic("gil"));
        await CallAsync(HttpStatusCode.Forbidden, "DELETE", PathOf(id), authorization: AccessHost.Basic("flo"));
        await CallAsync(HttpStatusCode.OK, "DELETE", PathOf(id), authorization: AccessHost.Basic("gil"));
    }

    [Fact]
    public async Task Put_ByWhoManagesOneRegistry_ReachesNoFurther()
    {
        var hana = await CreateUserAsync("hana");
        await AssignAsync(hana, "User Access Administrator");
        var wide = await MakeAsync("Wide", [Acr + "pull/read"]);
        await GiveAsync(hana, wide, Subscription);

        // Neither a role that holds elsewhere, nor widening one that she has elsewhere, nor taking it away from others there.
        await RefusedAsync(HttpStatusCode.Forbidden, "AuthorizationFailed", Guid.NewGuid(), Body("Far", ["*"], scopes: Subscription), "hana", Registry);
        await RefusedAsync(HttpStatusCode.Forbidden, "AuthorizationFailed", Guid.NewGuid(), Body("Far", ["*"], scopes: [Registry, Group]), "hana", Registry);
        await RefusedAsync(HttpStatusCode.Forbidden, "AuthorizationFailed", wide, Body("Wide", ["*"], scopes: Registry), "hana", Registry);
        await CallAsync(HttpStatusCode.Forbidden, "DELETE", PathOf(wide, Registry), authorization: AccessHost.Basic("hana"));

        var near = Guid.NewGuid();
        await CallAsync(HttpStatusCode.Created, "PUT", PathOf(near, Registry), Body("Near", [Acr + "push/write"], scopes: Registry), AccessHost.Basic("hana"));
        await GiveAsync(hana, near, by: "hana");
        Assert.Equal(HttpStatusCode.OK, await TryAsync("PUT", "/v2/app/manifests/v1", AccessHost.Basic("hana")));
    }

    [Fact]
    public async Task Delete_LastOwnerBesideACustomRoleWithEverything_IsRefused()
    {
        var id = await MakeAsync("As good as Owner", ["*"]);
        await GiveAsync(await CreateUserAsync("ivo"), id, Subscription);
        var owners = await CallAsync(HttpStatusCode.OK, "GET", $"{Subscription}/providers/Microsoft.Authorization/roleAssignments{Version}&$filter=principalId eq '{Host.Managing.Caller.Principal.Id:D}'");
        var only = (string)Assert.Single(owners!["value"]!.AsArray())!["id"]!;

        await CallAsync(HttpStatusCode.Conflict, "DELETE", only + Version, authorization: AccessHost.Basic("ivo"));
        await CallAsync(HttpStatusCode.Conflict, "PATCH", $"{Graph}/users/owner", new { accountEnabled = false }, AccessHost.Basic("ivo"));
        // Nor by narrowing it to nothing.
        var narrowed = new
        {
            properties = new
            {
                roleDefinitionId = RoleId("Owner"),
                principalId = Host.Managing.Caller.Principal.Id,
                condition = "@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'x'",
            },
        };
        await CallAsync(HttpStatusCode.Conflict, "PUT", only + Version, narrowed, AccessHost.Basic("ivo"));
    }
}
