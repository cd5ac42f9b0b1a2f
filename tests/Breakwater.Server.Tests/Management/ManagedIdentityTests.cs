using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

public sealed class ManagedIdentityTests(AccessHost host) : ManagementTest(host)
{
    private static readonly string Root = $"{Subscription}/resourceGroups/breakwater/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

    [Fact]
    public async Task Identity_PutTwice_IsOnePrincipalWithItsNewTags()
    {
        var made = await PutAsync("twice", HttpStatusCode.Created, new { team = "blue" });
        var again = (await CallAsync(HttpStatusCode.OK, "PUT", At("TWICE"), new { tags = new { team = "red" } }))!;

        Assert.Equal(made["properties"]!.ToJsonString(), again["properties"]!.ToJsonString());
        Assert.Equal(("twice", "red", "Microsoft.ManagedIdentity/userAssignedIdentities"), ((string?)again["name"], (string?)again["tags"]!["team"], (string?)again["type"]));
        Assert.Equal(AccessHost.InstallationId, (Guid)made["properties"]!["tenantId"]!);
        Assert.Equal("green", (string?)(await CallAsync(HttpStatusCode.OK, "PATCH", At("twice"), new { tags = new { team = "green" } }))!["tags"]!["team"]);
        Assert.Equal(again["id"]!.ToString(), (string?)(await CallAsync(HttpStatusCode.OK, "GET", At("twice")))!["id"]);
    }

    [Fact]
    public async Task Identity_InTheDirectory_IsAServicePrincipalWithoutAnApplication()
    {
        var made = (await PutAsync("seen", HttpStatusCode.Created))["properties"]!;
        var filter = $"?$filter=appId eq '{made["clientId"]}'";

        Assert.Equal("ManagedIdentity", (string?)(await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/servicePrincipals/{made["principalId"]}"))!["servicePrincipalType"]);
        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/servicePrincipals{filter}"))!["value"]!.AsArray());
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/applications{filter}"))!["value"]!.AsArray());
        await CallAsync(HttpStatusCode.NotFound, "GET", $"{Graph}/applications/{made["principalId"]}");
    }

    [Fact]
    public async Task Identity_GivenASecretOrDeletedByGraph_IsRefusedAndStays()
    {
        var principal = (string)(await PutAsync("bare", HttpStatusCode.Created))["properties"]!["principalId"]!;
        foreach (var root in new[] { $"{Graph}/applications/{principal}", $"{Graph}/servicePrincipals/{principal}" })
        {
            var refusal = await CallAsync(HttpStatusCode.BadRequest, "POST", root + "/addPassword", new { });
            Assert.Contains("federated credential", (string?)refusal!["error"]!["message"], StringComparison.Ordinal);
            await CallAsync(HttpStatusCode.BadRequest, "PATCH", root, new { keyCredentials = Array.Empty<object>() });
            await CallAsync(HttpStatusCode.BadRequest, "DELETE", root);
        }
        Assert.Equal(principal, (string?)(await CallAsync(HttpStatusCode.OK, "GET", At("bare")))!["properties"]!["principalId"]);
    }

    [Fact]
    public async Task Identity_Deleted_TakesItsRolesAndComesBackAsAnother()
    {
        var principal = (string)(await PutAsync("gone", HttpStatusCode.Created))["properties"]!["principalId"]!;
        var assignment = (string)(await AssignAsync(principal, "AcrPush"))!["name"]!;
        await CallAsync(HttpStatusCode.OK, "DELETE", At("gone"));
        await CallAsync(HttpStatusCode.NoContent, "DELETE", At("gone"));

        await CallAsync(HttpStatusCode.NotFound, "GET", At("gone"));
        await CallAsync(HttpStatusCode.NotFound, "GET", $"{Graph}/servicePrincipals/{principal}");
        await CallAsync(HttpStatusCode.NotFound, "GET", $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{assignment}{Version}");
        Assert.NotEqual(principal, (string?)(await PutAsync("gone", HttpStatusCode.Created))["properties"]!["principalId"]);
    }

    [Fact]
    public async Task Identity_WrongNameOrScope_IsRefused()
    {
        foreach (var name in new[] { "ab", "-abc", "a.bc", new string('a', 129) })
            await CallAsync(HttpStatusCode.BadRequest, "PUT", At(name), new { });
        await CallAsync(HttpStatusCode.NotFound, "PUT", At("fine").Replace("/breakwater/", "/other/", StringComparison.Ordinal), new { });
        await CallAsync(HttpStatusCode.NotFound, "PUT", At("fine").Replace($"{AccessHost.InstallationId:D}", $"{Guid.NewGuid():D}", StringComparison.Ordinal), new { });
        await CallAsync(HttpStatusCode.BadRequest, "PUT", Root + "/fine", new { });
        await CallAsync(HttpStatusCode.NotFound, "GET", At("fine"));
    }

    [Fact]
    public async Task Identity_ByAContributor_IsRefused()
    {
        // Contributor has Microsoft.ManagedIdentity/* in Azure. Here it would be a way to every role that an identity has.
        await AssignAsync(await CreateUserAsync("contributor"), "Contributor", scope: Subscription);
        await PutAsync("coveted", HttpStatusCode.Created);
        foreach (var (method, path) in new[] { ("PATCH", At("coveted")), ("PUT", At("mine-now")), ("DELETE", At("coveted")), ("PUT", At("coveted", "/federatedIdentityCredentials/mine")) })
            await CallAsync(HttpStatusCode.Forbidden, method, path, method == "DELETE" ? null : new { }, AccessHost.Basic("contributor"));
        await CallAsync(HttpStatusCode.OK, "GET", At("coveted"));
    }

    [Fact]
    public async Task List_WithSeveral_IsByName()
    {
        foreach (var name in new[] { "list-b", "list-a" })
            await PutAsync(name, HttpStatusCode.Created);
        foreach (var root in new[] { Root, Root.Replace("/resourceGroups/breakwater", "", StringComparison.Ordinal) })
        {
            var names = (await CallAsync(HttpStatusCode.OK, "GET", root + Version))!["value"]!.AsArray().Select(item => (string)item!["name"]!).Where(name => name.StartsWith("list-", StringComparison.Ordinal));
            Assert.Equal(["list-a", "list-b"], names);
        }
    }

    private static string At(string name, string tail = "") => $"{Root}/{name}{tail}{Version}";

    private async Task<JsonNode> PutAsync(string name, HttpStatusCode expected, object? tags = null) => (await CallAsync(expected, "PUT", At(name), new { location = "local", tags }))!;
}
