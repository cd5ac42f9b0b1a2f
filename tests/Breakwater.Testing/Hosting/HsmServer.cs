using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Testing.Hosting;

/// <summary>What a server needs to use a token of SoftHSM of its own, and the calls about a registry's key.</summary>
public sealed class HsmServer
{
    private const string Version = "api-version=2025-11-01";

    private readonly TemporaryFolder folder;

    public HsmServer(TemporaryFolder folder)
    {
        Tool.RequireFile(SoftHsm.Library, "SoftHSM");
        this.folder = folder;
        Token = $"t{Guid.NewGuid():N}"[..16];
        SoftHsm.CreateToken(Token);
        File.WriteAllText(PinFile, SoftHsm.Pin);
        var stores = new[]
        {
            new
            {
                name = "hsm", type = "pkcs11", options = new { library = SoftHsm.Library, token = Token, pinFile = "pin" },
                keys = new[] { new { key = $"pkcs11:token={Token};object=*", registries = new[] { "*" } } },
            },
        };
        File.WriteAllText(folder["stores.json"], JsonSerializer.Serialize(stores));
    }

    public string Token { get; }

    public string PinFile => folder["pin"];

    /// <summary>With looks every second instead of every half minute.</summary>
    public IReadOnlyList<string> Arguments => ["--key-stores", folder["stores.json"], "--key-check", "1s", "--key-follow", "1s"];

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["SOFTHSM2_CONF"] = SoftHsm.Configuration };

    public string KeyOf(string label) => $"pkcs11:token={Token};object={label}";

    /// <param name="key">Null: the service's own.</param>
    public static Task<RegistryReply> SetKeyAsync(RegistryClient client, ServerProcess server, string? key, string registry = "local") => client.SendAsync(
        HttpMethod.Patch, PathOf(server, registry),
        JsonSerializer.SerializeToUtf8Bytes(new { properties = new { encryption = key is null ? (object)new { status = "disabled" } : new { status = "enabled", keyVaultProperties = new { keyIdentifier = key } } } }), "application/json");

    public static async Task<JsonNode> EncryptionAsync(RegistryClient client, ServerProcess server, string registry = "local") =>
        (await client.GetAsync(PathOf(server, registry))).Json!["properties"]!["encryption"]!;

    public static string PathOf(ServerProcess server, string registry)
    {
        var id = JsonNode.Parse(File.ReadAllText(Path.Combine(server.Options.DataDirectory, "installation.json")))!["id"];
        return $"/subscriptions/{id}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/{registry}?{Version}";
    }
}
