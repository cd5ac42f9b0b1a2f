using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>Each way to sign in, made by the management plane and used by a real client, on a server of its own.</summary>
public sealed class LoginModeTests : IAsyncLifetime
{
    private const string Version = "?api-version=2025-11-01", Repository = "team/app";

    private readonly TemporaryFolder folder = new();
    private readonly RandomContent content = new(TestSettings.Seed + 5);
    private ServerProcess server = null!;
    private RegistryClient owner = null!;
    private string registry = "";

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync(new ServerOptions { DataDirectory = folder["data"], Https = true });
        owner = server.CreateClient();
        var id = (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder["data"], "installation.json")))!["id"]!;
        registry = $"/subscriptions/{id}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/local";
        File.Copy(server.CertificateFile, Path.Combine(folder.Create("certificates"), "ca.crt"));
        OciLayout.Write(folder.Create("image"), TestManifest.RandomImage(content), "v1", []);
        Assert.Equal(201, (await owner.PushAsync(Repository, "v1", TestManifest.RandomImage(content))).Code);
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
        await ManageAsync("PUT", $"{registry}/scopeMaps/team-push{Version}", new { properties = new { actions = new[] { "repositories/team/*/content/read", "repositories/team/*/content/write" } } });
        await ManageAsync("PUT", $"{registry}/tokens/team-ci{Version}", new { properties = new { scopeMapId = $"{registry}/scopeMaps/team-push" } });
        var made = await ManageAsync("POST", $"{registry}/generateCredentials{Version}", new { tokenId = $"{registry}/tokens/team-ci", name = "password1" });
        var password = (string)made["passwords"]![0]!["value"]!;

        await AssertAsync(push: true, pull: true, "team-ci", password);
        Assert.NotEqual(0, (await CopyAsync($"oci:{folder["image"]}:v1", Remote("others/app"), "--dest-cert-dir", "--dest-creds", $"team-ci:{password}")).ExitCode);
    }

    [Fact]
    public async Task AdminUser_DoesEverything()
    {
        await ManageAsync("PATCH", registry + Version, new { properties = new { adminUserEnabled = true } });
        var shown = await ManageAsync("POST", $"{registry}/listCredentials{Version}", null);

        await AssertAsync(push: true, pull: true, (string)shown["username"]!, (string)shown["passwords"]![1]!["value"]!);
    }

    [Fact]
    public async Task Nobody_PullsWhereItIsOpen()
    {
        await AssertAsync(push: false, pull: false, null, null);
        await ManageAsync("PATCH", registry + Version, new { properties = new { anonymousPullEnabled = true } });
        await AssertAsync(push: false, pull: true, null, null);
    }

    private async Task AssertAsync(bool push, bool pull, string? name, string? password)
    {
        string[] Credentials(string side) => name is null ? [$"--{side}-no-creds"] : [$"--{side}-creds", $"{name}:{password}"];
        var pushed = await CopyAsync($"oci:{folder["image"]}:v1", Remote(Repository), ["--dest-cert-dir", .. Credentials("dest")]);
        Assert.True(push == (pushed.ExitCode == 0), pushed.AllOutput);
        var pulled = await CopyAsync(Remote(Repository), $"oci:{folder[$"pulled-{Guid.NewGuid():N}"]}:v1", ["--src-cert-dir", .. Credentials("src")]);
        Assert.True(pull == (pulled.ExitCode == 0), pulled.AllOutput);
    }

    private async Task AssertLoginAsync(Tool tool, string name, string password)
    {
        var result = await tool.TryRunAsync(["login", "--authfile", folder[$"{Guid.NewGuid():N}.json"], "--cert-dir", folder["certificates"], "-u", name, "-p", password, server.HttpsAuthority]);
        Assert.True(result.ExitCode == 0, result.AllOutput);
    }

    private Task<ToolResult> CopyAsync(string from, string to, string certificateFlag, params string[] more) => CopyAsync(from, to, [certificateFlag, .. more]);

    private Task<ToolResult> CopyAsync(string from, string to, string[] flags) => Tool.Require("skopeo").TryRunAsync(
        ["copy", "--authfile", folder["none.json"], flags[0], folder["certificates"], .. flags[1..], from, to]);

    private string Remote(string repository) => $"docker://{server.HttpsAuthority}/{repository}:v1";

    private Task<JsonNode> AssignAsync(string principalId, string role) => ManageAsync(
        "PUT", $"{registry}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}{Version}",
        new { properties = new { principalId, roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{role}" } });

    private async Task<JsonNode> ManageAsync(string method, string path, object? body)
    {
        var reply = await owner.SendAsync(new HttpMethod(method), path, body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body), "application/json");
        Assert.True(reply.Code is 200 or 201, $"{method} {path}: {reply.Code} {Encoding.UTF8.GetString(reply.Body)}");
        return reply.Json!;
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
