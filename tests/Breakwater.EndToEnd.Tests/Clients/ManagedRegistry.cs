using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>A server of its own for a test, with TLS, whose management plane the test speaks to as its owner.</summary>
public sealed class ManagedRegistry : IAsyncDisposable
{
    public const string Version = "?api-version=2025-11-01";

    private ManagedRegistry(TemporaryFolder folder, ServerProcess server, string tenant) => (Folder, Server, Tenant, Owner) = (folder, server, tenant, server.CreateClient());

    public TemporaryFolder Folder { get; }

    public ServerProcess Server { get; }

    /// <summary>The installation's id.</summary>
    public string Tenant { get; }

    public RegistryClient Owner { get; }

    /// <summary>The registry's resource id.</summary>
    public string Id => $"/subscriptions/{Tenant}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/local";

    public string Origin => $"https://localhost:{Server.HttpsPort}";

    /// <param name="arguments">Further flags of the server.</param>
    public static async Task<ManagedRegistry> StartAsync(params string[] arguments)
    {
        var folder = new TemporaryFolder();
        var server = await ServerProcess.StartAsync(new ServerOptions { DataDirectory = folder["data"], Https = true, Arguments = arguments });
        var id = (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder["data"], "installation.json")))!["id"]!;
        File.Copy(server.CertificateFile, Path.Combine(folder.Create("certificates"), "ca.crt"));
        return new ManagedRegistry(folder, server, Guid.Parse(id).ToString("D"));
    }

    public async Task<JsonNode> ManageAsync(string method, string path, object? body)
    {
        var reply = await Owner.SendAsync(new HttpMethod(method), path, body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body), "application/json");
        Assert.True(reply.Code is 200 or 201, $"{method} {path}: {reply.Code} {Encoding.UTF8.GetString(reply.Body)}");
        return reply.Json!;
    }

    /// <param name="role">The id of a role definition.</param>
    /// <param name="scope">A resource id; null: the registry.</param>
    public Task<JsonNode> AssignAsync(string principalId, string role, string? scope = null) => ManageAsync(
        "PUT", $"{scope ?? Id}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}{Version}",
        new { properties = new { principalId, roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{role}" } });

    /// <summary>A service principal with a secret.</summary>
    public async Task<(string Id, string AppId, string Secret)> CreateServiceAsync(string name)
    {
        var app = await ManageAsync("POST", "/graph/v1.0/applications", new { displayName = name });
        var secret = await ManageAsync("POST", $"/graph/v1.0/applications/{app["id"]}/addPassword", new { passwordCredential = new { displayName = "first" } });
        return ((string)app["id"]!, (string)app["appId"]!, (string)secret["secretText"]!);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
