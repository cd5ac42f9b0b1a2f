using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.Audit;

/// <summary>The audit log as its readers call it.</summary>
internal static class AuditCalls
{
    public const string Version = "api-version=2025-11-01";

    public static string Registry(ServerProcess server)
    {
        var id = JsonNode.Parse(File.ReadAllText(Path.Combine(server.Options.DataDirectory, "installation.json")))!["id"];
        return $"/subscriptions/{id}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/local";
    }

    /// <summary>All records that fit, as JSON lines.</summary>
    public static async Task<IReadOnlyList<JsonNode>> AuditAsync(this RegistryClient client, ServerProcess server, string filter)
    {
        var reply = await client.GetAsync($"{Registry(server)}/auditEvents?{Version}&{filter}", ("Accept", "application/x-ndjson"));
        Assert.Equal(200, reply.Code);
        return [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    public static Task<RegistryReply> PatchRegistryAsync(this RegistryClient client, ServerProcess server, string properties) => client.SendAsync(
        HttpMethod.Patch, $"{Registry(server)}?{Version}", Encoding.UTF8.GetBytes($$"""{"properties":{{properties}}}"""), "application/json");
}
