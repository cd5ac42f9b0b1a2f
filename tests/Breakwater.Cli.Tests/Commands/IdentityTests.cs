using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>Users, groups, service principals, roles.</summary>
public sealed class IdentityTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task User_LifeOf_FromCreationToDeletion()
    {
        var made = (await Owner.DoAsync("user create life --display-name Lifelong --generate-password -o json")).Json;
        using var user = new CliUser(Server);
        await user.SignInAsync("life", (string)made["password"]!);
        Assert.Null((await Owner.DoAsync("user show life -o json")).Json["password"]);
        Assert.Contains((await Owner.DoAsync("user list -o json")).Json.AsArray(), one => (string)one!["displayName"]! == "Lifelong");

        await Owner.DoAsync("user update life --account-enabled false");
        (await user.RunAsync("repository", "list")).Expect(4);
        await Owner.DoAsync("user update life --account-enabled true --display-name Short");
        (await Owner.TypeAsync(Password, "user", "update", "life", "--password-stdin")).Expect(0);
        await user.SignInAsync("life", Password);
        (await Owner.RunAsync("user", "update", "life")).Expect(2);
        await Owner.DoAsync("user delete life -y");
        (await Owner.RunAsync("user", "show", "life")).Expect(3);
        (await Owner.TypeAsync("short", "user", "create", "toolittle", "--password-stdin")).Expect(2);
        (await Owner.RunAsync("user", "create", "nopassword")).Expect(2);
    }

    [Fact]
    public async Task Group_WithARole_GivesItToItsMembersWhileTheyAreIn()
    {
        await Server.PushAsync("cli/grouped", "v1");
        using var member = await CreateUserAsync("membrane");
        await Owner.DoAsync("group create builders --description", "People who build");
        await Owner.DoAsync("group member add builders --member membrane");
        await Owner.DoAsync("role assignment create --assignee builders --role acrpull -r local");

        await member.DoAsync("tag list cli/grouped");
        Assert.Equal("membrane", (string)Assert.Single((await Owner.DoAsync("group member list builders -o json")).Json.AsArray())!["displayName"]!);
        Assert.Equal("AcrPull", (await Owner.DoAsync("role assignment list --assignee membrane --include-groups -o tsv --query [].roleDefinitionName")).Output.Trim());
        await Owner.DoAsync("group member remove builders --member membrane");
        (await member.RunAsync("tag", "list", "cli/grouped")).Expect(5);
        await Owner.DoAsync("group delete builders -y");
        (await Owner.RunAsync("group", "show", "builders")).Expect(3);
        Assert.Contains("People who build", (await Owner.DoAsync("group create builders2 --description", "People who build")).Output, StringComparison.Ordinal);
        Assert.Contains("builders2", (await Owner.DoAsync("group list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServicePrincipal_SecretsOf_AreMadeListedAndRemoved()
    {
        var made = (await Owner.DoAsync("service-principal create machine -o json")).Json;
        var second = (await Owner.DoAsync("service-principal credential add machine --display-name next --expiration-in-days 2 -o json")).Json;

        var listed = (await Owner.DoAsync("service-principal credential list machine -o json")).Json.AsArray();
        Assert.Equal(2, listed.Count);
        Assert.All(listed, secret => Assert.Null(secret!["secretText"]));
        await Owner.DoAsync($"service-principal credential remove {made["appId"]} --key-id {second["keyId"]}");
        Assert.Single((await Owner.DoAsync($"service-principal show {made["id"]} -o json")).Json["passwordCredentials"]!.AsArray());
        Assert.Contains("machine", (await Owner.DoAsync("service-principal list")).Output, StringComparison.Ordinal);
        await Owner.DoAsync("service-principal delete machine -y");
        (await Owner.RunAsync("service-principal", "show", "machine")).Expect(3);
    }

    [Fact]
    public async Task RoleDefinition_OfOnesOwn_IsMadeChangedAndDeleted()
    {
        await Owner.DoAsync("role definition create", "Puller of tags", "--actions", "Microsoft.ContainerRegistry/registries/pull/read", "--description", "first");
        await Owner.DoAsync("role definition update", "Puller of tags", "--data-actions", "Microsoft.ContainerRegistry/registries/repositories/content/read");

        var role = (await Owner.DoAsync("role definition list -o json --name", "puller of TAGS")).Json["properties"]!;
        Assert.Equal("first", (string)role["description"]!);
        Assert.Equal("Microsoft.ContainerRegistry/registries/pull/read", (string)Assert.Single(role["permissions"]![0]!["actions"]!.AsArray())!);
        Assert.Single(role["permissions"]![0]!["dataActions"]!.AsArray());
        Assert.Contains("Puller of tags", (await Owner.DoAsync("role definition list --custom-role-only")).Output, StringComparison.Ordinal);
        (await Owner.RunAsync("role", "definition", "update", "AcrPull", "--description", "x")).Expect(6);
        await Owner.DoAsync("role definition delete -y", "Puller of tags");
        (await Owner.RunAsync("role", "definition", "delete", "Puller of tags", "-y")).Expect(3);
    }

    [Fact]
    public async Task RoleAssignment_GivenAtTwoScopes_IsTakenAwayAtTheOneThatIsNamed()
    {
        using var user = await CreateUserAsync("twice", "Reader");
        await Owner.DoAsync("role assignment create --assignee twice --role Reader --scope installation");
        await Owner.DoAsync("role assignment delete --assignee twice --role Reader -r local -y");

        var left = Assert.Single((await Owner.DoAsync("role assignment list --assignee twice -o json")).Json.AsArray())!;
        Assert.Equal(2, ((string)left["properties"]!["scope"]!).Count(c => c == '/'));
        await Owner.DoAsync($"role assignment delete {left["name"]} -y");
        (await Owner.RunAsync("role", "assignment", "delete", (string)left["name"]!, "-y")).Expect(3);
        (await Owner.RunAsync("role", "assignment", "create", "--assignee", "twice", "--role", "Reader")).Expect(2);
        (await Owner.RunAsync("role", "assignment", "create", "--assignee", "twice", "--role", "NoSuchRole", "-r", "local")).Expect(3);
        await Owner.DoAsync("role assignment create --assignee twice --role AcrPull -r local --condition", "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWith 'team/'))");
    }
}
