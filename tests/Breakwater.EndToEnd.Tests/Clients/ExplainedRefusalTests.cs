using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>What a lock or a policy refuses is explained like what rights refuse, and a person finds the way to it in what the client prints.</summary>
public sealed class ExplainedRefusalTests : IAsyncLifetime
{
    private const string Repository = "team/app", Password = "a password of theirs";
    private const string Push = "8311e382-0749-4cb8-b61a-304f252e45ec", Delete = "c2f4ef07-c644-48eb-af81-4b1b4947fb11";

    private readonly RandomContent content = new(TestSettings.Seed + 11);
    private ManagedRegistry registry = null!;
    private RegistryClient pusher = null!;
    private string pusherId = "", first = "";
    private TestManifest other = null!;

    public async ValueTask InitializeAsync()
    {
        registry = await ManagedRegistry.StartAsync();
        var image = TestManifest.RandomImage(content);
        other = TestManifest.RandomImage(content);
        foreach (var (tag, pushed) in new[] { ("v1", image), ("r1", image), ("free", image), ("other", other) })
            Assert.Equal(201, (await registry.Owner.PushAsync(Repository, tag, pushed)).Code);
        first = image.Digest;
        var user = await registry.ManageAsync("POST", "/graph/v1.0/users", new { userPrincipalName = "pia", passwordProfile = new { password = Password } });
        pusherId = (string)user["id"]!;
        await registry.AssignAsync(pusherId, Push);
        await registry.AssignAsync(pusherId, Delete);
        pusher = new RegistryClient(registry.Owner.Address, "pia", Password);
        await registry.ManageAsync("PATCH", registry.Id + ManagedRegistry.Version, new
        {
            properties = new { policies = new { signingPolicy = new { status = "enabled" }, tagImmutabilityPolicy = new { rules = new[] { new { repositoryPattern = "team/*", tagPattern = "r*" } } } } },
        });
        await LockAsync($"/acr/v1/{Repository}/_tags/v1", "writeEnabled", false);
    }

    [Theory]
    [InlineData("v1", 405, "lock", "tag v1", "writeEnabled")]
    [InlineData("r1", 405, "tagImmutabilityPolicy", "tag r1", "team/* r*")]
    [InlineData("sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.sig", 403, "signingPolicy", "tag sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.sig", "signature")]
    public async Task Push_RefusedByContent_NamesWhatRefusedAndTheRemedy(string tag, int status, string kind, string on, string reason)
    {
        var refused = await pusher.PutManifestAsync(Repository, tag, other);
        Assert.Equal(status, refused.Code);
        var id = refused.Header("X-Breakwater-Decision")!;
        Assert.Contains($" Why: {registry.Owner.Address.GetLeftPart(UriPartial.Authority)}/decisions/{id}", (string)refused.Json!["errors"]![0]!["message"]!, StringComparison.Ordinal);

        var explanation = (await pusher.GetAsync($"/decisions/{id}")).Json!["explanation"]!;
        AssertObstacle(explanation, kind, on, reason);
        AssertObstacle(await AskAsync("push", tag), kind, on, reason);
        // Only a signature asks for more rights; what everybody is refused, no role would give.
        Assert.Equal(status == 403 ? 1 : 0, explanation["wouldAllow"]!.AsArray().Count);
    }

    [Fact]
    public async Task Delete_RefusedByContent_NamesWhatRefused()
    {
        foreach (var (path, reference, kind, on) in new (string, string?, string, string)[]
        {
            ($"/v2/{Repository}/manifests/{first}", first, "lock", "tag v1"), ($"/acr/v1/{Repository}/_tags/r1", "r1", "tagImmutabilityPolicy", "tag r1"), ($"/acr/v1/{Repository}", null, "lock", "tag v1"),
        })
        {
            var refused = await pusher.DeleteAsync(path);
            Assert.Equal(405, refused.Code);
            AssertObstacle((await pusher.GetAsync($"/decisions/{refused.Header("X-Breakwater-Decision")}")).Json!["explanation"]!, kind, on, "");
            AssertObstacle(await AskAsync("delete", reference), kind, on, "");
        }
        Assert.Equal(202, (await pusher.DeleteAsync($"/acr/v1/{Repository}/_tags/free")).Code);
    }

    [Fact]
    public async Task Pull_ReadLocked_IsExplained_AndTheOwnerIsAskedLikeAnybody()
    {
        await LockAsync($"/acr/v1/{Repository}/_manifests/{first}", "readEnabled", false);
        var refused = await registry.Owner.GetManifestAsync(Repository, "free");

        Assert.Equal(405, refused.Code);
        AssertObstacle((await registry.Owner.GetAsync($"/decisions/{refused.Header("X-Breakwater-Decision")}")).Json!["explanation"]!, "lock", $"manifest {first}", "readEnabled");
        Assert.Equal(404, (await pusher.GetAsync($"/decisions/{refused.Header("X-Breakwater-Decision")}")).Code);
    }

    [Fact]
    public async Task WhatIf_NothingInTheWay_Allows_AndChangesNothing()
    {
        foreach (var (action, reference) in new (string, string?)[] { ("push", "new"), ("push", "free"), ("push", "r-new"), ("delete", "free"), ("delete", other.Digest), ("pull", "v1"), ("pull", null), ("pull", "nothing") })
        {
            var answer = await AskAsync(action, reference);
            Assert.True((bool)answer["allowed"]!, $"{action} {reference}: {answer}");
            Assert.Empty(answer["content"]!.AsArray());
        }
        Assert.True((bool)(await AskAsync("delete", null, "team/none"))["allowed"]!);
        Assert.Equal(400, (await TryAskAsync("push", "no tag", Repository)).Code);
        Assert.Equal(["free", "other", "r1", "v1"], await registry.Owner.TagsAsync(Repository));
    }

    [Fact]
    public async Task WhatIf_ByWhoReadsNoContent_SaysNothingAboutIt()
    {
        Assert.NotEmpty((await AskAsync("push", "v1"))["content"]!.AsArray());
        await registry.ManageAsync("PATCH", registry.Id + ManagedRegistry.Version, new { properties = new { roleAssignmentMode = "AbacRepositoryPermissions" } });

        Assert.Null((await AskAsync("push", "v1"))["content"]);
        Assert.NotNull((await AskAsync("push", "v1"))["allowed"]);
    }

    [Fact]
    [Trait("tool", "skopeo")]
    public async Task Skopeo_RefusedByALock_PrintsWhereToReadWhy()
    {
        OciLayout.Write(registry.Folder.Create("layout"), TestManifest.RandomImage(content), "v1", []);
        var result = await Tool.Require("skopeo").TryRunAsync(
            ["copy", "--dest-creds", $"pia:{Password}", "--dest-cert-dir", registry.Folder["certificates"], $"oci:{registry.Folder["layout"]}:v1", $"docker://localhost:{registry.Server.HttpsPort}/{Repository}:v1"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Matches("/decisions/[0-9a-f-]{36}", result.StandardError);
    }

    private static void AssertObstacle(JsonNode explanation, string kind, string on, string reason)
    {
        Assert.False((bool)explanation["allowed"]!);
        var obstacle = explanation["content"]!.AsArray()[0]!;
        Assert.Equal((kind, on), ((string?)obstacle["kind"], (string?)obstacle["on"]));
        Assert.Contains(reason, (string)obstacle["reason"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)obstacle["remedy"]!);
    }

    private async Task LockAsync(string path, string attribute, bool value) => Assert.Equal(
        200, (await registry.Owner.SendAsync(HttpMethod.Patch, path, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, bool> { [attribute] = value }), "application/json")).Code);

    private async Task<JsonNode> AskAsync(string action, string? reference, string repository = Repository)
    {
        var reply = await TryAskAsync(action, reference, repository);
        Assert.Equal(200, reply.Code);
        return reply.Json!;
    }

    private Task<RegistryReply> TryAskAsync(string action, string? reference, string repository) => registry.Owner.SendAsync(
        HttpMethod.Post, $"{registry.Id}/whatIf{ManagedRegistry.Version}", JsonSerializer.SerializeToUtf8Bytes(new { principalId = pusherId, action, repository, reference }), "application/json");

    public async ValueTask DisposeAsync()
    {
        pusher?.Dispose();
        await registry.DisposeAsync();
    }
}
