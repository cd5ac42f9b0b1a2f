using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Hosting;

namespace Breakwater.Testing.Registry;

/// <summary>Webhooks as their administrators call them.</summary>
public static class WebhookCalls
{
    private const string Version = "api-version=2025-11-01";

    public static Task<RegistryReply> PutWebhookAsync(this RegistryClient client, ServerProcess server, string name, object properties) => client.SendAsync(
        HttpMethod.Put, Path(server, name, ""), JsonSerializer.SerializeToUtf8Bytes(new { location = "local", properties }), "application/json");

    /// <summary>ping, listEvents, getCallbackConfig, redeliver and the like.</summary>
    public static Task<RegistryReply> CallWebhookAsync(this RegistryClient client, ServerProcess server, string name, string call, object? body = null) =>
        client.SendAsync(HttpMethod.Post, Path(server, name, "/" + call), body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body), body is null ? null : "application/json");

    public static async Task<string> SigningSecretAsync(this RegistryClient client, ServerProcess server, string name) =>
        (string)(await client.CallWebhookAsync(server, name, "getCallbackConfig")).Json!["signingSecret"]!;

    private static string Path(ServerProcess server, string name, string tail)
    {
        var id = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(server.Options.DataDirectory, "installation.json")))!["id"];
        return $"/subscriptions/{id}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/local/webhooks/{name}{tail}?{Version}";
    }
}
