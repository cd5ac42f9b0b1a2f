using System.Text.Json.Nodes;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>Each way to sign in, made by the management plane and used by a real client, on a server of its own.</summary>
public sealed class LoginModeTests : IAsyncLifetime
{
    private const string Version = ManagedRegistry.Version, Repository = "team/app";

    private readonly RandomContent content = new(TestSettings.Seed + 5);
    private ManagedRegistry managed = null!;

    public async ValueTask InitializeAsync()
    {
        managed = await ManagedRegistry.StartAsync();
        OciLayout.Write(Folder.Create("image"), TestManifest.RandomImage(content), "v1", []);
        Assert.Equal(201, (await managed.Owner.PushAsync(Repository, "v1", TestManifest.RandomImage(content))).Code);
    }

    [Fact]
    public async Task ServicePrincipal_AcrPush_PushesAndPullsWithSkopeoAndPodman()
    {
        var app = await ManageAsync("POST", "/graph/v1.0/applications", new { displayName = "ci" });
        var secret = await ManageAsync("POST", $"/graph/v1.0/applications/{app["id"]}/addPassword", new { passwordCredential = new { displayName = "first" } });
        await AssignAsync((string)app["id"]!, "8311e382-0749-4cb8-b61a-304f252e45ec");
        var (name, password) = ((string)app["appId"]!, (string)secret["secretText"]!);

        await AssertLoginAsync(Tool.Require("skopeo"), name, password);
        await AssertLoginAsync(Tool.Require("podman"), name, password);
        await AssertAsync(push: true, pull: true, name, password);
    }

    [Fact]
    public async Task User_AcrPull_PullsOnly()
    {
        var user = await ManageAsync("POST", "/graph/v1.0/users", new { userPrincipalName = "ann@example.com", displayName = "Ann", accountEnabled = true, mailNickname = "ann", passwordProfile = new { password = "a password of ann's" } });
        await AssignAsync((string)user["id"]!, "7f951dda-4ed3-4680-a7ca-43fe172d538d");

        await AssertAsync(push: false, pull: true, "ann@example.com", "a password of ann's");
    }

    [Fact]
    public async Task RepositoryScopedToken_DoesWhatItsScopeMapSays()
    {
        await ManageAsync("PUT", $"{Registry}/scopeMaps/team-push{Version}", new { properties = new { actions = new[] { "repositories/team/*/content/read", "repositories/team/*/content/write" } } });
        await ManageAsync("PUT", $"{Registry}/tokens/team-ci{Version}", new { properties = new { scopeMapId = $"{Registry}/scopeMaps/team-push" } });
        var made = await ManageAsync("POST", $"{Registry}/generateCredentials{Version}", new { tokenId = $"{Registry}/tokens/team-ci", name = "password1" });
        var password = (string)made["passwords"]![0]!["value"]!;

        await AssertAsync(push: true, pull: true, "team-ci", password);
        Assert.NotEqual(0, (await CopyAsync($"oci:{Folder["image"]}:v1", Remote("others/app"), "--dest-cert-dir", "--dest-creds", $"team-ci:{password}")).ExitCode);
    }

    [Fact]
    public async Task AdminUser_DoesEverything()
    {
        await ManageAsync("PATCH", Registry + Version, new { properties = new { adminUserEnabled = true } });
        var shown = await ManageAsync("POST", $"{Registry}/listCredentials{Version}", null);

        await AssertAsync(push: true, pull: true, (string)shown["username"]!, (string)shown["passwords"]![1]!["value"]!);
    }

    [Fact]
    public async Task Nobody_PullsWhereItIsOpen()
    {
        await AssertAsync(push: false, pull: false, null, null);
        await ManageAsync("PATCH", Registry + Version, new { properties = new { anonymousPullEnabled = true } });
        await AssertAsync(push: false, pull: true, null, null);
    }

    private async Task AssertAsync(bool push, bool pull, string? name, string? password)
    {
        string[] Credentials(string side) => name is null ? [$"--{side}-no-creds"] : [$"--{side}-creds", $"{name}:{password}"];
        var pushed = await CopyAsync($"oci:{Folder["image"]}:v1", Remote(Repository), ["--dest-cert-dir", .. Credentials("dest")]);
        Assert.True(push == (pushed.ExitCode == 0), pushed.AllOutput);
        var pulled = await CopyAsync(Remote(Repository), $"oci:{Folder[$"pulled-{Guid.NewGuid():N}"]}:v1", ["--src-cert-dir", .. Credentials("src")]);
        Assert.True(pull == (pulled.ExitCode == 0), pulled.AllOutput);
    }

    private async Task AssertLoginAsync(Tool tool, string name, string password)
    {
        var result = await tool.TryRunAsync(["login", "--authfile", Folder[$"{Guid.NewGuid():N}.json"], "--cert-dir", Folder["certificates"], "-u", name, "-p", password, managed.Server.HttpsAuthority]);
        Assert.True(result.ExitCode == 0, result.AllOutput);
    }

    private Task<ToolResult> CopyAsync(string from, string to, string certificateFlag, params string[] more) => CopyAsync(from, to, [certificateFlag, .. more]);

    private Task<ToolResult> CopyAsync(string from, string to, string[] flags) => Tool.Require("skopeo").TryRunAsync(
        ["copy", "--authfile", Folder["none.json"], flags[0], Folder["certificates"], .. flags[1..], from, to]);

    private string Remote(string repository) => $"docker://{managed.Server.HttpsAuthority}/{repository}:v1";

    private TemporaryFolder Folder => managed.Folder;

    private string Registry => managed.Id;

    private Task<JsonNode> AssignAsync(string principalId, string role) => managed.AssignAsync(principalId, role);

    private Task<JsonNode> ManageAsync(string method, string path, object? body) => managed.ManageAsync(method, path, body);

    public ValueTask DisposeAsync() => managed.DisposeAsync();
}
