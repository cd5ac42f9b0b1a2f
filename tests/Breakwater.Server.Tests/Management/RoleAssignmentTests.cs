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
        await CallAsync(HttpStatusCode.Forbidden, "GET", Registry.Replace("local", "other", StringComparison.Ordinal) + list, authorization: AccessHost.Basic("gus"));
        await CallAsync(HttpStatusCode.NotFound, "GET", Registry.Replace("local", "other", StringComparison.Ordinal) + list);
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"/subscriptions/{Guid.NewGuid():D}{list}");
        await CallAsync(HttpStatusCode.Unauthorized, "GET", Registry + list, authorization: await Host.BearerAsync("repository:app:pull"));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Registry + list, null));
    }

    [Fact]
    public async Task List_Filters_AnswerTheQuestion()
    {
        var hal = await CreateUserAsync("hal");
        var group = await GroupAsync("pullers");
        await JoinAsync(group, hal);
        await AssignAsync(group, "AcrPull");
        await AssignAsync(hal, "AcrDelete");
        var list = $"{Registry}/providers/Microsoft.Authorization/roleAssignments{Version}&$filter=";

        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{list}principalId eq '{hal}'"))!["value"]!.AsArray());
        Assert.Equal(2, (await CallAsync(HttpStatusCode.OK, "GET", $"{list}atScope() and assignedTo('{hal}')"))!["value"]!.AsArray().Count);
        await CallAsync(HttpStatusCode.BadRequest, "GET", $"{list}startswith(principalId, 'a')");
        await CallAsync(HttpStatusCode.BadRequest, "GET", $"{list}surprise eq 'a'");
    }

    [Fact]
    public async Task Put_AtResourceGroup_CoversRegistriesAndNotTheDirectory()
    {
        var group = $"{Subscription}/resourceGroups/breakwater";
        var ira = await CreateUserAsync("ira");
        var made = await AssignAsync(ira, "User Access Administrator", scope: group);
        Assert.Equal(group, (string)made!["properties"]!["scope"]!);
        Assert.StartsWith(group + "/providers/", (string)made["id"]!, StringComparison.Ordinal);
        var asIra = AccessHost.Basic("ira");

        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", asIra));
        await AssignAsync(ira, "AcrDelete", by: asIra);
        await AssignAsync(ira, "AcrPush", scope: group, by: asIra);
        await AssignAsync(ira, "Owner", scope: Subscription, expected: HttpStatusCode.Forbidden, by: asIra);
        await AssignAsync(ira, "Owner", scope: group + "2", expected: HttpStatusCode.Forbidden, by: asIra);
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"{Graph}/users", authorization: asIra);
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"{Subscription}/providers/Microsoft.Authorization/roleAssignments{Version}", authorization: asIra);
        // From above and below it is seen, and taken away only where it was given.
        await CallAsync(HttpStatusCode.NoContent, "DELETE", $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{made["name"]}{Version}");
        await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{made["name"]}{Version}");
        await CallAsync(HttpStatusCode.OK, "DELETE", $"{made["id"]}{Version}");
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"{group}/providers/Microsoft.Authorization/roleAssignments{Version}", authorization: asIra);
    }

    [Fact]
    public async Task List_AtScope_LeavesOutWhatIsBelow()
    {
        var group = $"{Subscription}/resourceGroups/breakwater";
        var jan = await CreateUserAsync("jan");
        foreach (var scope in new[] { Subscription, group, Registry })
            await AssignAsync(jan, "AcrPull", scope: scope);
        async Task<string[]> ScopesAsync(string scope, string filter) =>
        [
            .. (await CallAsync(HttpStatusCode.OK, "GET", $"{scope}/providers/Microsoft.Authorization/roleAssignments{Version}&$filter={filter}"))!["value"]!.AsArray()
                .Select(a => (string)a!["properties"]!["scope"]!).OrderBy(s => s.Length),
        ];

        foreach (var (scope, atScope) in new[] { (Subscription, 1), (group, 2), (Registry, 3) })
        {
            Assert.Equal(new[] { Subscription, group, Registry }, await ScopesAsync(scope, $"principalId eq '{jan}'"));
            Assert.Equal(new[] { Subscription, group, Registry }.Take(atScope), await ScopesAsync(scope, $"atScope() and assignedTo('{jan}')"));
        }
    }

    [Fact]
    public async Task Put_PrincipalType_MustBeTheDirectorys()
    {
        var kim = await CreateUserAsync("kim");
        object Body(string type) => new { properties = new { principalId = kim, roleDefinitionId = RoleId("AcrPull"), principalType = type } };
        var path = $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}{Version}";

        Assert.Equal("UnmatchedPrincipalType", (string)(await CallAsync(HttpStatusCode.BadRequest, "PUT", path, Body("ServicePrincipal")))!["error"]!["code"]!);
        await CallAsync(HttpStatusCode.BadRequest, "PUT", path, Body("Robot"));
        var made = (await CallAsync(HttpStatusCode.Created, "PUT", path, Body("User")))!["properties"]!;
        Assert.Equal("User", (string)made["principalType"]!);
        Assert.Equal(Host.Managing.Caller.Principal.Id.ToString("D"), (string)made["createdBy"]!);
        Assert.Equal((string)made["createdOn"]!, (string)made["updatedOn"]!);
        Assert.Equal("Group", (string)(await AssignAsync(await GroupAsync("typed"), "AcrPull"))!["properties"]!["principalType"]!);
    }

    [Fact]
    public async Task Put_Description_IsKeptChangedAndTakenAway()
    {
        var (user, id) = (await CreateUserAsync("described"), Guid.NewGuid());
        var path = $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{id:D}{Version}";
        async Task<string?> PutAsync(HttpStatusCode expected, string? description) => (string?)(await CallAsync(
            expected, "PUT", path, new { properties = new { roleDefinitionId = RoleId("AcrPull"), principalId = user, description } }))!["properties"]?["description"];

        Assert.Equal("pulls for the night build", await PutAsync(HttpStatusCode.Created, "pulls for the night build"));
        Assert.Equal("pulls for the night build", await PutAsync(HttpStatusCode.OK, "pulls for the night build"));
        await PutAsync(HttpStatusCode.BadRequest, new string('x', 1025));
        await PutAsync(HttpStatusCode.BadRequest, "two\nlines");
        Assert.Equal("pulls for the night build", (string?)(await CallAsync(HttpStatusCode.OK, "GET", path))!["properties"]!["description"]);
        Assert.Equal("another", await PutAsync(HttpStatusCode.OK, "another"));
        Assert.Null(await PutAsync(HttpStatusCode.OK, null));
        Assert.Null((await CallAsync(HttpStatusCode.OK, "GET", path))!["properties"]!["description"]);
    }

    [Fact]
    public async Task Put_OtherCondition_ChangesTheAssignmentAtOnce()
    {
        var (lea, id) = (await CreateUserAsync("lea"), Guid.NewGuid());
        var made = await AssignAsync(lea, "AcrPull", id: id);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/app/manifests/v1", AccessHost.Basic("lea")));

        var changed = await AssignAsync(lea, "AcrPull", OnlyTeam, id: id, expected: HttpStatusCode.OK);

        Assert.Equal(OnlyTeam, (string)changed!["properties"]!["condition"]!);
        Assert.Equal((string)made!["properties"]!["createdOn"]!, (string)changed["properties"]!["createdOn"]!);
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", "/v2/app/manifests/v1", AccessHost.Basic("lea")));
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
