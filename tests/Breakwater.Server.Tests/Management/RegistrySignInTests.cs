using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

/// <summary>The ways to sign in that belong to a registry: admin user, repository-scoped tokens, nobody at all.</summary>
public sealed class RegistrySignInTests(AccessHost host) : ManagementTest(host)
{
    private const string Manifest = "/v2/team/app/manifests/v1";

    private Task<JsonNode?> PatchAsync(object properties, HttpStatusCode expected = HttpStatusCode.OK) => CallAsync(expected, "PATCH", Registry + Version, new { properties });

    private async Task<AuthenticationHeaderValue> GenerateAsync(string token, string name, DateTimeOffset? expiry = null)
    {
        var made = (await CallAsync(HttpStatusCode.OK, "POST", $"{Registry}/generateCredentials{Version}", new { tokenId = $"{Registry}/tokens/{token}", name, expiry }))!;
        return AccessHost.Basic((string)made["username"]!, (string)Assert.Single(made["passwords"]!.AsArray())!["value"]!);
    }

    private async Task CreateTokenAsync(string name, params string[] actions)
    {
        await CallAsync(HttpStatusCode.Created, "PUT", $"{Registry}/scopeMaps/{name}-map{Version}", new { properties = new { actions } });
        await CallAsync(HttpStatusCode.Created, "PUT", $"{Registry}/tokens/{name}{Version}", new { properties = new { scopeMapId = $"{Registry}/scopeMaps/{name}-map", status = "enabled" } });
    }

    [Fact]
    public async Task AdminUser_OffByDefault_SignsInWithEitherPasswordWhileItIsOn()
    {
        Assert.Equal("UnAuthorizedForCredentialOperations", (string)(await CallAsync(HttpStatusCode.BadRequest, "POST", $"{Registry}/listCredentials{Version}"))!["error"]!["code"]!);
        Assert.False((bool)(await CallAsync(HttpStatusCode.OK, "GET", Registry + Version))!["properties"]!["adminUserEnabled"]!);

        await PatchAsync(new { adminUserEnabled = true });
        var shown = (await CallAsync(HttpStatusCode.OK, "POST", $"{Registry}/listCredentials{Version}"))!;
        var passwords = shown["passwords"]!.AsArray().Select(p => (string)p!["value"]!).ToList();
        Assert.Equal("local", (string)shown["username"]!);
        foreach (var password in passwords)
        {
            Assert.Equal(HttpStatusCode.OK, await TryAsync("PUT", Manifest, AccessHost.Basic("local", password)));
            Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/_catalog", AccessHost.Basic("local", password)));
            await CallAsync(HttpStatusCode.Forbidden, "GET", Registry + Version, authorization: AccessHost.Basic("local", password));
        }

        var renewed = (await CallAsync(HttpStatusCode.OK, "POST", $"{Registry}/regenerateCredential{Version}", new { name = "password" }))!["passwords"]!.AsArray().Select(p => (string)p!["value"]!).ToList();
        Assert.NotEqual(passwords[0], renewed[0]);
        Assert.Equal(passwords[1], renewed[1]);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, AccessHost.Basic("local", passwords[0])));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, AccessHost.Basic("local", renewed[0])));

        await PatchAsync(new { adminUserEnabled = false });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, AccessHost.Basic("local", renewed[1])));
    }

    [Fact]
    public async Task Token_ChangeThatKeepsOnePassword_RemovesTheOther()
    {
        await CreateTokenAsync("keep-one", "repositories/team/app/content/read");
        var (first, second) = (await GenerateAsync("keep-one", "password1"), await GenerateAsync("keep-one", "password2"));

        await CallAsync(HttpStatusCode.BadRequest, "PATCH", $"{Registry}/tokens/keep-one{Version}", new { properties = new { status = "maybe", credentials = new { passwords = Array.Empty<object>() } } });
        Assert.NotEqual(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, first));
        var changed = (await CallAsync(HttpStatusCode.OK, "PATCH", $"{Registry}/tokens/keep-one{Version}", new { properties = new { credentials = new { passwords = new[] { new { name = "password2", creationTime = DateTimeOffset.UnixEpoch, expiry = (DateTimeOffset?)null } } } } }))!;

        Assert.Equal("password2", (string)Assert.Single(changed["properties"]!["credentials"]!["passwords"]!.AsArray())!["name"]!);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, first));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, second));
    }

    [Fact]
    public async Task AnonymousPull_OnlyWhileItIsOn_GivesTokensForPulling()
    {
        var token = $"/oauth2/token?service={Host.Authority}&scope=repository:team/app:pull,push&scope=registry:catalog:*";
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", token, null));

        await PatchAsync(new { anonymousPullEnabled = true });
        using var response = await Host.SendAsync("GET", token);
        var anonymous = new AuthenticationHeaderValue("Bearer", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["access_token"]!);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, anonymous));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("PUT", Manifest, anonymous));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/_catalog", anonymous));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, null));

        await PatchAsync(new { anonymousPullEnabled = false });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, anonymous));
    }

    [Fact]
    public async Task Token_DoesWhatItsScopeMapSays_AlsoAfterTheMapChanges()
    {
        await CreateTokenAsync("puller", "repositories/team/*/content/read", "repositories/exact/content/read");
        var signedIn = await GenerateAsync("puller", "password1");

        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, signedIn));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/exact/manifests/v1", signedIn));
        foreach (var (method, path) in new[] { ("PUT", Manifest), ("GET", "/v2/team/manifests/v1"), ("GET", "/v2/teams/app/manifests/v1"), ("GET", "/v2/exact/more/manifests/v1"), ("GET", "/v2/_catalog") })
            Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(method, path, signedIn));

        await CallAsync(HttpStatusCode.OK, "PATCH", $"{Registry}/scopeMaps/puller-map{Version}", new { properties = new { actions = new[] { "repositories/other/content/read" } } });
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", Manifest, signedIn));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/other/manifests/v1", signedIn));
    }

    [Fact]
    public async Task Token_DisabledPasswordReplacedOrDeleted_IsOut()
    {
        await CreateTokenAsync("worker", "repositories/*/content/read");
        var first = await GenerateAsync("worker", "password1");
        var second = await GenerateAsync("worker", "password2", DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, first));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, second));

        var replaced = await GenerateAsync("worker", "password1");
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, first));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, second));

        await CallAsync(HttpStatusCode.OK, "PATCH", $"{Registry}/tokens/worker{Version}", new { properties = new { status = "disabled" } });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, replaced));
        await CallAsync(HttpStatusCode.OK, "PATCH", $"{Registry}/tokens/worker{Version}", new { properties = new { status = "enabled" } });
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, replaced));
        await CallAsync(HttpStatusCode.Conflict, "DELETE", $"{Registry}/scopeMaps/worker-map{Version}");
        await CallAsync(HttpStatusCode.OK, "DELETE", $"{Registry}/tokens/worker{Version}");
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", Manifest, replaced));
        await CallAsync(HttpStatusCode.OK, "DELETE", $"{Registry}/scopeMaps/worker-map{Version}");
    }

    [Fact]
    public async Task SystemScopeMaps_AreThereAndCannotBeChanged()
    {
        var maps = (await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}/scopeMaps{Version}"))!["value"]!.AsArray();
        Assert.Equal(
            ["_repositories_admin", "_repositories_pull", "_repositories_push"],
            maps.Where(m => (string)m!["properties"]!["type"]! == "SystemDefined").Select(m => (string)m!["name"]!));

        await CallAsync(HttpStatusCode.BadRequest, "PATCH", $"{Registry}/scopeMaps/_repositories_pull{Version}", new { properties = new { actions = new[] { "repositories/*/content/write" } } });
        await CallAsync(HttpStatusCode.BadRequest, "DELETE", $"{Registry}/scopeMaps/_repositories_pull{Version}");
    }

    [Theory]
    [InlineData("repositories/a/content/execute")]
    [InlineData("repositories/a/*/b/content/read")]
    [InlineData("repositories/*a/content/read")]
    [InlineData("repositories//content/read")]
    [InlineData("repositories/A/content/read")]
    [InlineData("gateway/x/config/read")]
    public async Task ScopeMap_WrongAction_IsRefused(string action) =>
        await CallAsync(HttpStatusCode.BadRequest, "PUT", $"{Registry}/scopeMaps/wrong-map{Version}", new { properties = new { actions = new[] { action } } });

    [Fact]
    public async Task Names_OfUsersTokensAndRegistry_AreTakenOnce()
    {
        await CreateUserAsync("kim-lee");
        await CreateTokenAsync("tok-one", "repositories/*/content/read");

        await CallAsync(HttpStatusCode.Conflict, "PUT", $"{Registry}/tokens/kim-lee{Version}", new { properties = new { scopeMapId = $"{Registry}/scopeMaps/_repositories_pull" } });
        foreach (var name in new[] { "tok-one", "local", "acr_anon_pull" })
            await CallAsync(HttpStatusCode.BadRequest, "POST", $"{Graph}/users", new { userPrincipalName = name, passwordProfile = new { password = AccessHost.Password } });
    }

    [Fact]
    public async Task RoleAssignmentMode_DataActionsOnly_TakesContentFromManagementRoles()
    {
        var lou = await CreateUserAsync("lou");
        await AssignAsync(lou, "AcrPull");
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, AccessHost.Basic("lou")));

        await PatchAsync(new { roleAssignmentMode = "AbacRepositoryPermissions" });
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("GET", Manifest, AccessHost.Basic("lou")));
        await AssignAsync(lou, "Container Registry Repository Reader");
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", Manifest, AccessHost.Basic("lou")));

        await PatchAsync(new { roleAssignmentMode = "LegacyRegistryPermissions" });
        await PatchAsync(new { roleAssignmentMode = "surprise" }, HttpStatusCode.BadRequest);
        await PatchAsync(new { zoneRedundancy = "Enabled" }, HttpStatusCode.BadRequest);
    }
}
