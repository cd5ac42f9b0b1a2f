using System.Net;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

public sealed class RoleAssignmentTests(AccessHost host) : ManagementTest(host)
{
    private const string OnlyTeam =
        "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR " +
        "(@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWith 'team/'))";

    [Fact]
    public async Task Put_Role_CountsFromTheNextRequestUntilItIsDeleted()
    {
        var ann = await CreateUserAsync("ann");
        var asAnn = AccessHost.Basic("ann");
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", "/v2/app/manifests/v1", asAnn));

        var made = await AssignAsync(ann, "AcrPull");
        Assert.Equal(Registry, (string)made!["properties"]!["scope"]!);
        Assert.Equal("User", (string)made["properties"]!["principalType"]!);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", asAnn));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("PUT", "/v2/app/manifests/v1", asAnn));

        await CallAsync(HttpStatusCode.OK, "DELETE", $"{made["id"]}{Version}");
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", "/v2/app/manifests/v1", asAnn));
        await CallAsync(HttpStatusCode.NoContent, "DELETE", $"{made["id"]}{Version}");
    }

    [Fact]
    public async Task Put_Condition_NarrowsToItsRepositories()
    {
        var ben = await CreateUserAsync("ben");
        await AssignAsync(ben, "AcrPull", OnlyTeam);

        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/team/app/manifests/v1", AccessHost.Basic("ben")));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", "/v2/teams/app/manifests/v1", AccessHost.Basic("ben")));
    }

    [Fact]
    public async Task Put_SameAgain_IsNoConflictAndOtherContentIs()
    {
        var cat = await CreateUserAsync("cat");
        var id = Guid.NewGuid();
        await AssignAsync(cat, "AcrPull", id: id);

        await AssignAsync(cat, "AcrPull", id: id, expected: HttpStatusCode.OK);
        var refusal = await AssignAsync(cat, "AcrPush", id: id, expected: HttpStatusCode.Conflict);
        Assert.Equal("RoleAssignmentExists", (string)refusal!["error"]!["code"]!);
        await AssignAsync(cat, "AcrPull", expected: HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Put_WrongBody_SaysWhatIsWrongAndChangesNothing()
    {
        var dan = await CreateUserAsync("dan");
        var path = $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}";

        foreach (var (body, code) in new (object, string)[]
        {
            (new { }, "InvalidRequestContent"),
            (new { properties = new { principalId = "dan", roleDefinitionId = RoleId("AcrPull") } }, "InvalidRequestContent"),
            (new { properties = new { principalId = dan, roleDefinitionId = "AcrPull" } }, "InvalidRequestContent"),
            (new { properties = new { principalId = dan, roleDefinitionId = RoleId("AcrPull"), surprise = 1 } }, "InvalidRequestContent"),
            (new { properties = new { principalId = Guid.NewGuid(), roleDefinitionId = RoleId("AcrPull") } }, "PrincipalNotFound"),
            (new { properties = new { principalId = dan, roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{Guid.NewGuid()}" } }, "RoleDefinitionDoesNotExist"),
            (new { properties = new { principalId = dan, roleDefinitionId = RoleId("AcrPull"), condition = "true" } }, "InvalidCondition"),
            (new { properties = new { principalId = dan, roleDefinitionId = RoleId("AcrPull"), condition = OnlyTeam.Replace("content/read", "content/raed", StringComparison.Ordinal) } }, "InvalidCondition"),
        })
        {
            var refusal = await CallAsync(HttpStatusCode.BadRequest, "PUT", path + Version, body);
            Assert.Equal(code, (string)refusal!["error"]!["code"]!);
        }
        Assert.Equal("MissingApiVersionParameter", (string)(await CallAsync(HttpStatusCode.BadRequest, "PUT", path, new { }))!["error"]!["code"]!);
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", "/v2/app/manifests/v1", AccessHost.Basic("dan")));
    }

    [Fact]
    public async Task Put_ByWhoManagesOneRegistry_ReachesNoFurther()
    {
        var eve = await CreateUserAsync("eve");
        await AssignAsync(eve, "User Access Administrator");
        var asEve = AccessHost.Basic("eve");

        await AssignAsync(eve, "AcrDelete", by: asEve);
        await AssignAsync(eve, "Owner", scope: Subscription, expected: HttpStatusCode.Forbidden, by: asEve);
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"{Graph}/users", authorization: asEve);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("DELETE", "/v2/app/manifests/v1", asEve));
    }

    [Fact]
    public async Task Put_Contributor_ManagesNoRightsAndNoUsers()
    {
        var fay = await CreateUserAsync("fay");
        await AssignAsync(fay, "Contributor", scope: Subscription);
        var asFay = AccessHost.Basic("fay");

        await AssignAsync(fay, "Owner", expected: HttpStatusCode.Forbidden, by: asFay);
        await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/users", authorization: asFay);
        await CallAsync(HttpStatusCode.Forbidden, "PATCH", $"{Graph}/users/owner", new { passwordProfile = new { password = "a password of fay's" } }, asFay);
    }

    [Fact]
    public async Task AnyCall_NobodyOrUnknownScopeOrContentToken_GetsTheSameRefusal()
    {
        await CreateUserAsync("gus");
        var list = "/providers/Microsoft.Authorization/roleAssignments" + Version;

        await CallAsync(HttpStatusCode.Forbidden, "GET", Registry + list, authorization: AccessHost.Basic("gus"));
        await CallAsync(HttpStatusCode.Forbidden, "GET", Registry.Replace("local", "other", StringComparison.Ordinal) + list);
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"/subscriptions/{Guid.NewGuid():D}{list}");
        await CallAsync(HttpStatusCode.Unauthorized, "GET", Registry + list, authorization: await Host.BearerAsync("repository:app:pull"));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Registry + list, null));
    }

    [Fact]
    public async Task List_Filters_AnswerTheQuestion()
    {
        var hal = await CreateUserAsync("hal");
        var group = (string)(await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/groups", new { displayName = "pullers", mailEnabled = false, securityEnabled = true, mailNickname = "p" }))!["id"]!;
        await CallAsync(HttpStatusCode.NoContent, "POST", $"{Graph}/groups/{group}/members/$ref", new Dictionary<string, string> { ["@odata.id"] = $"https://x/v1.0/directoryObjects/{hal}" });
        await AssignAsync(group, "AcrPull");
        await AssignAsync(hal, "AcrDelete");
        var list = $"{Registry}/providers/Microsoft.Authorization/roleAssignments{Version}&$filter=";

        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{list}principalId eq '{hal}'"))!["value"]!.AsArray());
        Assert.Equal(2, (await CallAsync(HttpStatusCode.OK, "GET", $"{list}atScope() and assignedTo('{hal}')"))!["value"]!.AsArray().Count);
        await CallAsync(HttpStatusCode.BadRequest, "GET", $"{list}startswith(principalId, 'a')");
        await CallAsync(HttpStatusCode.BadRequest, "GET", $"{list}surprise eq 'a'");
    }

    [Fact]
    public async Task RoleDefinitions_ByName_HaveAzuresIds()
    {
        var found = await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}/providers/Microsoft.Authorization/roleDefinitions{Version}&$filter=roleName eq 'AcrPush'");

        var role = Assert.Single(found!["value"]!.AsArray());
        Assert.Equal("8311e382-0749-4cb8-b61a-304f252e45ec", (string)role!["name"]!);
        Assert.Equal(
            """["Microsoft.ContainerRegistry/registries/pull/read","Microsoft.ContainerRegistry/registries/push/write"]""",
            role["properties"]!["permissions"]![0]!["actions"]!.ToJsonString());
        await CallAsync(HttpStatusCode.OK, "GET", $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{role["name"]}{Version}");
        await CallAsync(HttpStatusCode.NotFound, "GET", $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{Guid.NewGuid():D}{Version}");
    }
}
