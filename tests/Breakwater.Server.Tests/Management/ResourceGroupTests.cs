using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>Groups over HTTP: who sees and makes them, and that paths name a registry by its own group only.</summary>
public sealed class ResourceGroupTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private const string Version = "?api-version=2025-11-01", Basic = """{"sku":{"name":"Basic"}}""";

    private readonly string _group = $"g{Guid.NewGuid():N}", _registry = $"r{Guid.NewGuid():N}"[..20];

    private string Group => $"{host.Standing.Subscription}/resourceGroups/{_group}";

    private string Registry => RegistryIn(_group);

    private string RegistryIn(string group) => $"{host.Standing.Subscription}/resourceGroups/{group}/providers/Microsoft.ContainerRegistry/registries/{_registry}";

    [Fact]
    public async Task Group_FromCreateToDelete_IsAsArmHasIt()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("HEAD", Group)).Status);
        var (status, made) = await SendAsync("PUT", Group, """{"location":"westeurope","tags":{"team":"blue"}}""");
        Assert.Equal((HttpStatusCode.Created, Group, "Microsoft.Resources/resourceGroups", "westeurope", "blue"), (status, (string?)made!["id"], (string?)made["type"], (string?)made["location"], (string?)made["tags"]!["team"]));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("HEAD", Group.ToUpperInvariant())).Status);
        Assert.Equal(made.ToJsonString(), (await SendAsync("GET", Group)).Answer!.ToJsonString());
        // As tools do that read, change one thing and write all of it.
        made["tags"] = new JsonObject { ["team"] = "green" };
        Assert.Equal((HttpStatusCode.OK, "green"), ((await SendAsync("PUT", Group, made.ToJsonString())) is var changed ? (changed.Status, (string?)changed.Answer!["tags"]!["team"]) : default));
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("PUT", Group, """{"location":"elsewhere"}""")).Status);
        Assert.Equal((HttpStatusCode.OK, """{"stage":"test"}"""), ((await SendAsync("PATCH", Group, """{"tags":{"stage":"test"}}""")) is var patched ? (patched.Status, patched.Answer!["tags"]!.ToJsonString()) : default));
        Assert.Equal("""{"stage":"test"}""", (await SendAsync("PATCH", Group, "{}")).Answer!["tags"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("PATCH", Group, """{"location":"elsewhere"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("PATCH", Group, """{"tags":{"":"x"}}""")).Status);
        Assert.Contains(_group, (await SendAsync("GET", $"{host.Standing.Subscription}/resourceGroups")).Answer!["value"]!.AsArray().Select(item => (string?)item!["name"]));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("DELETE", Group)).Status);
        Assert.Equal((HttpStatusCode.NotFound, "ResourceGroupNotFound"), ((await SendAsync("GET", Group)) is var gone ? (gone.Status, (string?)gone.Answer!["error"]!["code"]) : default));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("DELETE", Group)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("PATCH", Group, "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("HEAD", Group)).Status);
    }

    [Fact]
    public async Task Registry_InAGroup_IsNamedByThatGroupOnly()
    {
        Assert.Equal("ResourceGroupNotFound", (string?)(await SendAsync("PUT", Registry, Basic)).Answer!["error"]!["code"]);
        await SendAsync("PUT", Group, "{}");
        var (status, made) = await SendAsync("PUT", Registry, Basic);
        Assert.Equal((HttpStatusCode.Created, Registry), (status, (string?)made!["id"]));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", RegistryIn("breakwater"))).Status);
        Assert.Equal("AlreadyInUse", (string?)(await SendAsync("PUT", RegistryIn("breakwater"), Basic)).Answer!["error"]!["code"]);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("DELETE", RegistryIn("breakwater"))).Status);
        Assert.Equal(Registry, (string?)Assert.Single((await SendAsync("GET", $"{Group}/providers/Microsoft.ContainerRegistry/registries")).Answer!["value"]!.AsArray())!["id"]);
        Assert.DoesNotContain(_registry, (await SendAsync("GET", $"{host.Standing.Group}/providers/Microsoft.ContainerRegistry/registries")).Answer!["value"]!.AsArray().Select(item => (string?)item!["name"]));
        Assert.StartsWith(Registry + "/scopeMaps/", (string?)(await SendAsync("GET", Registry + "/scopeMaps")).Answer!["value"]![0]!["id"], StringComparison.Ordinal);

        var held = await SendAsync("DELETE", Group);
        Assert.Equal((HttpStatusCode.Conflict, "ResourceGroupNotEmpty"), (held.Status, (string?)held.Answer!["error"]!["code"]));
        Assert.Contains(_registry, (string)held.Answer!["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("DELETE", Registry)).Status);
        var deleted = $"/providers/Microsoft.ContainerRegistry/deletedRegistries";
        Assert.Equal(_registry, (string?)Assert.Single((await SendAsync("GET", Group + deleted)).Answer!["value"]!.AsArray())!["name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("POST", $"{host.Standing.Group}{deleted}/{_registry}/purge")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("DELETE", Group)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("POST", $"{Group}{deleted}/{_registry}/purge")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("DELETE", Group)).Status);
    }

    [Fact]
    public async Task DefaultGroup_CannotBeDeleted() =>
        Assert.Equal("DefaultResourceGroup", (string?)(await SendAsync("DELETE", host.Standing.Group)).Answer!["error"]!["code"]);

    /// <summary>Whoever manages one group sees that one, makes registries there, and learns nothing of others.</summary>
    [Fact]
    public async Task Contributor_OfOneGroup_ManagesThatOneOnly()
    {
        await SendAsync("PUT", Group, "{}");
        var (user, credentials) = await host.Make.UserWithPasswordAsync();
        var assignment = $"{Group}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}";
        var (_, given) = await SendAsync("PUT", assignment, AssignmentOf(user, "b24988ac-6180-42a0-ab88-20f7382dd24c"));
        Assert.Equal(Group, (string?)given!["properties"]!["scope"]);

        Assert.Equal([_group], (await SendAsync("GET", $"{host.Standing.Subscription}/resourceGroups", by: credentials)).Answer!["value"]!.AsArray().Select(item => (string?)item!["name"]));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("PUT", Registry, Basic, credentials)).Status);
        Assert.Equal([_registry], (await SendAsync("GET", $"{host.Standing.Subscription}/providers/Microsoft.ContainerRegistry/registries", by: credentials)).Answer!["value"]!.AsArray().Select(item => (string?)item!["name"]));
        Assert.Equal("blue", (string?)(await SendAsync("PATCH", Group, """{"tags":{"team":"blue"}}""", credentials)).Answer!["tags"]!["team"]);
        var never = $"{host.Standing.Subscription}/resourceGroups/never";
        foreach (var path in new[] { host.Standing.Group, never, host.Standing.Registry, host.Standing.Spare, RegistryIn("never"), RegistryIn("breakwater") })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("GET", path, by: credentials)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("PUT", path, Basic, credentials)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("PATCH", path, "{}", credentials)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("DELETE", path, by: credentials)).Status);
        }
        // A role cannot be carried further than it was given.
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("PUT", $"{host.Standing.Group}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}", "{}", credentials)).Status);

        await SendAsync("DELETE", Registry);
        await SendAsync("POST", $"{Group}/providers/Microsoft.ContainerRegistry/deletedRegistries/{_registry}/purge");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("DELETE", Group)).Status);
        await SendAsync("PUT", Group, "{}");
        // Made again it is another one.
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("GET", Group, by: credentials)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("PUT", Registry, Basic, credentials)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", assignment)).Status);
    }

    /// <summary>A custom role that can be given in one group cannot be given in another.</summary>
    [Fact]
    public async Task CustomRole_OfOneGroup_IsGivenThereOnly()
    {
        await SendAsync("PUT", Group, "{}");
        var id = $"{Guid.NewGuid():D}";
        var role = JsonSerializer.Serialize(MatrixTargets.Role(Group, ["*/read"]));
        var (status, made) = await SendAsync("PUT", $"{Group}/providers/Microsoft.Authorization/roleDefinitions/{id}", role);
        Assert.Equal((HttpStatusCode.Created, Group), (status, (string?)made!["properties"]!["assignableScopes"]![0]));
        var (user, _) = await host.Make.UserWithPasswordAsync();
        var body = AssignmentOf(user, id);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("PUT", $"{host.Standing.Group}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}", body)).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("PUT", $"{Group}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}", body)).Status);
    }

    private static string AssignmentOf(string principal, string role) =>
        JsonSerializer.Serialize(new { properties = new { principalId = principal, roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{role}" } });

    private async Task<(HttpStatusCode Status, JsonNode? Answer)> SendAsync(string method, string path, string? body = null, AuthenticationHeaderValue? by = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path + Version);
        request.Headers.Authorization = by ?? MatrixTargets.Maker;
        request.Content = body is null ? null : JsonContent.Create(JsonNode.Parse(body));
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
