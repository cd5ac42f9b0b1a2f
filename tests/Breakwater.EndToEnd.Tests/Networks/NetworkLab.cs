using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Networks;

/// <summary>
/// A server between two networks of network namespaces: a public one, and a private one that a private listener is for. Clients run inside of them.
/// </summary>
/// <remarks>
/// <code>
/// public   10.a.b.7, .8, .9 and fd00:b:a:b::7   ---   server 10.a.b.1, fd00:b:a:b::1, every address but the private listener's
/// private  10.c.b.7                             ---   server 10.c.b.1, private listener "vpn"
/// </code>
/// </remarks>
public sealed class NetworkLab : IAsyncDisposable
{
    public const string Version = "?api-version=2025-11-01";

    private readonly TemporaryFolder folder = new();
    private readonly Tool ip = Tool.Require("ip");
    private readonly string mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2));
    private readonly (int Public, int Private, int Both) nets = (RandomNumberGenerator.GetInt32(64, 128), RandomNumberGenerator.GetInt32(128, 192), RandomNumberGenerator.GetInt32(1, 250));
    private ServerProcess? server;
    private RegistryClient? owner;

    private NetworkLab() => PrivatePort = Ports.Next();

    public ServerProcess Server => server ?? throw new InvalidOperationException("Not started.");

    /// <summary>On the machine itself.</summary>
    public RegistryClient Owner => owner ?? throw new InvalidOperationException("Not started.");

    public TemporaryFolder Folder => folder;

    public int PrivatePort { get; }

    public string PublicSpace => $"bw{mark}pub";

    public string PrivateSpace => $"bw{mark}prv";

    public static string Registry => "local.registry.test";

    /// <summary>By the public address.</summary>
    public string Authority => $"{Registry}:{Server.HttpsPort}";

    /// <summary>By the private listener.</summary>
    public string PrivateAuthority => $"{Registry}:{PrivatePort}";

    public string PrivateNetwork => $"10.{nets.Private}.{nets.Both}.0/24";

    public string PublicAddress(int host) => $"10.{nets.Public}.{nets.Both}.{host}";

    public string PublicIPv6(int host) => $"fd00:b:{nets.Public:x}:{nets.Both:x}::{host:x}";

    public string PrivateAddress(int host) => $"10.{nets.Private}.{nets.Both}.{host}";

    private string Subscription => $"/subscriptions/{Guid.Parse((string)JsonNode.Parse(File.ReadAllText(Path.Combine(Server.Options.DataDirectory, "installation.json")))!["id"]!):D}";

    public string GroupId => $"{Subscription}/resourceGroups/breakwater";

    public string RegistryId => $"{GroupId}/providers/Microsoft.ContainerRegistry/registries/local";

    /// <summary>Skips where networks cannot be made.</summary>
    public static async Task<NetworkLab> StartAsync(params string[] arguments)
    {
        Tool.RequireRoot();
        Tool.Require("curl");
        Tool.Require("skopeo");
        var lab = new NetworkLab();
        try
        {
            await lab.MakeAsync(lab.PublicSpace, "p", [lab.PublicAddress(1), lab.PublicIPv6(1)], [lab.PublicAddress(7), lab.PublicAddress(8), lab.PublicAddress(9), lab.PublicIPv6(7)]);
            await lab.MakeAsync(lab.PrivateSpace, "v", [lab.PrivateAddress(1)], [lab.PrivateAddress(7), lab.PrivateAddress(8)]);
            lab.server = await ServerProcess.StartAsync(new ServerOptions
            {
                DataDirectory = lab.folder["data"],
                Https = true,
                HttpsAddress = "[::]",
                Arguments = ["--domain", "registry.test", "--private-listeners", $"vpn={lab.PrivateAddress(1)}:{lab.PrivatePort}", "--trusted-proxies", lab.PublicAddress(9), .. arguments],
            });
            lab.owner = lab.server.CreateClient();
            lab.Resolve(lab.PublicSpace, lab.PublicAddress(1));
            lab.Resolve(lab.PrivateSpace, lab.PrivateAddress(1));
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the names of the registry are to resolve to in a network.</summary>
    public void Resolve(string space, string address)
    {
        Directory.CreateDirectory($"/etc/netns/{space}");
        File.WriteAllText($"/etc/netns/{space}/hosts", $"127.0.0.1 localhost\n{address} {Registry} local.local.data.registry.test second.registry.test second.local.data.registry.test\n");
    }

    /// <summary>Runs curl in a network.</summary>
    /// <returns>The status, 0 for none, and the body.</returns>
    public async Task<(int Code, string Body)> CurlAsync(string space, string url, params string[] arguments)
    {
        var result = await InAsync(space, ["curl", "-sS", "-m", "30", "--cacert", Server.CertificateFile, "-w", "\n%{http_code}", .. arguments, url]);
        var lines = result.StandardOutput.Split('\n');
        return (int.Parse(lines[^1], System.Globalization.CultureInfo.InvariantCulture), string.Join('\n', lines[..^1]) + result.StandardError);
    }

    /// <summary>The same with the owner's password.</summary>
    public Task<(int Code, string Body)> OwnerCurlAsync(string space, string url, params string[] arguments) =>
        CurlAsync(space, url, ["-u", $"{ServerProcess.OwnerName}:{ServerProcess.OwnerPassword}", .. arguments]);

    /// <summary>Pulls an image by skopeo in a network, all of it.</summary>
    public Task<ToolResult> SkopeoAsync(string space, string authority, string image) => InAsync(
        space,
        [
            "skopeo", "copy", "--src-creds", $"{ServerProcess.OwnerName}:{ServerProcess.OwnerPassword}", "--src-cert-dir", Path.GetDirectoryName(Server.CertificateFile)!,
            $"docker://{authority}/{image}", $"dir:{folder.Create($"pulled{Guid.NewGuid():N}")}",
        ]);

    public Task<ToolResult> InAsync(string space, IEnumerable<string> command) => ip.TryRunAsync(["netns", "exec", space, .. command]);

    /// <summary>Changes properties of the registry, on the machine itself.</summary>
    public Task ChangeAsync(object properties) => ManageAsync("PATCH", RegistryId + Version, new { properties });

    public async Task<JsonNode?> ManageAsync(string method, string path, object? body = null)
    {
        var reply = await Owner.SendAsync(new HttpMethod(method), path, body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body), body is null ? null : "application/json");
        Assert.True(reply.Code is 200 or 201 or 204, $"{method} {path}: {reply}");
        return reply.Body.Length == 0 ? null : reply.Json;
    }

    /// <summary>Makes a private endpoint for the private network, or for whom is named.</summary>
    /// <returns>The path of its connection.</returns>
    public async Task<string> MakeEndpointAsync(string name, bool isManual = false, string[]? prefixes = null, string? authority = null)
    {
        object[] links = [new { name, properties = new { privateLinkServiceId = RegistryId } }];
        await ManageAsync("PUT", $"{GroupId}/providers/Microsoft.Network/privateEndpoints/{name}{Version}", new
        {
            properties = new
            {
                listener = "vpn",
                sourcePrefixes = prefixes ?? (authority is null ? [PrivateNetwork] : []),
                clientCertificateAuthority = authority,
                privateLinkServiceConnections = isManual ? [] : links,
                manualPrivateLinkServiceConnections = isManual ? links : [],
            },
        });
        var all = (await ManageAsync("GET", RegistryId + "/privateEndpointConnections" + Version))!["value"]!.AsArray();
        return $"{RegistryId}/privateEndpointConnections/{(string)all.Single(one => ((string)one!["name"]!).StartsWith(name, StringComparison.Ordinal))!["name"]!}{Version}";
    }

    public Task DecideAsync(string connection, string status) => ManageAsync("PUT", connection, new { properties = new { privateLinkServiceConnectionState = new { status } } });

    public async ValueTask DisposeAsync()
    {
        owner?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        foreach (var space in new[] { PublicSpace, PrivateSpace })
        {
            // With it go its half of the cable and so the other one.
            await ip.TryRunAsync(["netns", "del", space]);
            if (Directory.Exists($"/etc/netns/{space}"))
                Directory.Delete($"/etc/netns/{space}", recursive: true);
        }
        folder.Dispose();
    }

    private async Task MakeAsync(string space, string letter, string[] ours, string[] theirs)
    {
        var (here, there) = ($"bw{mark}{letter}0", $"bw{mark}{letter}1");
        await ip.RunAsync(["netns", "add", space]);
        await ip.RunAsync(["link", "add", here, "type", "veth", "peer", "name", there, "netns", space]);
        foreach (var address in ours)
            await ip.RunAsync(["addr", "add", address + Length(address), "dev", here, .. Flags(address)]);
        foreach (var address in theirs)
            await ip.RunAsync(["-n", space, "addr", "add", address + Length(address), "dev", there, .. Flags(address)]);
        await ip.RunAsync(["link", "set", here, "up"]);
        await ip.RunAsync(["-n", space, "link", "set", there, "up"]);
        await ip.RunAsync(["-n", space, "link", "set", "lo", "up"]);
    }

    private static string Length(string address) => address.Contains(':', StringComparison.Ordinal) ? "/64" : "/24";

    // Without looking for another holder of the address, which takes a second.
    private static string[] Flags(string address) => address.Contains(':', StringComparison.Ordinal) ? ["nodad"] : [];
}
