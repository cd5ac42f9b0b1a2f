using System.Text.Json;
using Breakwater.EndToEnd.Tests.Clients;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.Imports;

/// <summary>Imports as ARM's clients ask for them.</summary>
internal static class ImportCalls
{
    public static Task<RegistryReply> StartImportAsync(this ManagedRegistry registry, object body, RegistryClient? by = null) =>
        (by ?? registry.Owner).SendAsync(HttpMethod.Post, $"{registry.Id}/importImage{ManagedRegistry.Version}", JsonSerializer.SerializeToUtf8Bytes(body), "application/json");

    /// <summary>Waits for the end.</summary>
    public static async Task<RegistryReply> ImportAsync(this ManagedRegistry registry, object body)
    {
        var reply = await registry.StartImportAsync(body);
        for (var location = reply.Location; reply.Code == 202; reply = await registry.Owner.GetAsync(location!))
            await Task.Delay(200);
        return reply;
    }

    public static object From(string host, string image, string target, object? credentials = null, string mode = "NoForce", bool includeReferrers = false) =>
        new { source = new { registryUri = host, sourceImage = image, credentials }, targetTags = new[] { target }, mode, includeReferrers };

    /// <summary>The code of ARM's error.</summary>
    public static string? ArmCode(this RegistryReply reply) => (string?)reply.Json?["error"]?["code"];

    public static string? ArmMessage(this RegistryReply reply) => (string?)reply.Json?["error"]?["message"];
}
