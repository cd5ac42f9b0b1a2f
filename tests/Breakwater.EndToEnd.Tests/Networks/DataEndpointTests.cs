using System.Globalization;
using System.Text.RegularExpressions;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Networks;

/// <summary>Dedicated data endpoints: blobs come from a host of their own, by addresses that are good for nothing else.</summary>
[Trait("tool", "skopeo")]
public sealed partial class DataEndpointTests : IAsyncLifetime
{
    private readonly RandomContent content = new(TestSettings.Seed + 33);
    private NetworkLab lab = null!;
    private TestBlob blob = null!;

    public async ValueTask InitializeAsync()
    {
        lab = await NetworkLab.StartAsync();
        blob = content.Blob(200_000);
        Assert.Equal(201, (await lab.Owner.PushAsync("team/app", "v1", TestManifest.RandomImage(content))).Code);
        Assert.Equal(201, (await lab.Owner.PushBlobAsync("team/app", blob)).Code);
        await lab.ChangeAsync(new { dataEndpointEnabled = true });
    }

    [Fact]
    public async Task Blob_OfARegistryWithADataEndpoint_IsFetchedFromItAlone()
    {
        var shown = (await lab.ManageAsync("GET", lab.RegistryId + NetworkLab.Version))!["properties"]!;
        Assert.StartsWith("local.local.data.registry.test", (string?)Assert.Single(shown["dataEndpointHostNames"]!.AsArray()), StringComparison.Ordinal);
        var address = await AddressAsync();
        Assert.StartsWith($"https://local.local.data.registry.test:{lab.Server.HttpsPort}/data/{blob.Digest}?", address, StringComparison.Ordinal);

        // Credentials that clients send on are not looked at, wrong ones neither.
        var (code, head) = await lab.CurlAsync(lab.PublicSpace, address, "-D", "-", "-o", lab.Folder["blob"], "-u", "nobody:wrong", "-H", "Cookie: a=b");
        Assert.Equal(200, code);
        Assert.Equal(blob.Content, await File.ReadAllBytesAsync(lab.Folder["blob"]));
        Assert.Matches("(?i)cache-control: private, max-age=[0-9]+", head);
        Assert.Contains(blob.Digest, head, StringComparison.Ordinal);
        Assert.Equal(206, (await lab.CurlAsync(lab.PublicSpace, address, "-r", "1000-1999", "-o", lab.Folder["part"])).Code);
        Assert.Equal(blob.Content[1000..2000], await File.ReadAllBytesAsync(lab.Folder["part"]));
        Assert.Equal(200, (await lab.CurlAsync(lab.PublicSpace, address, "-I")).Code);
        Assert.Equal(405, (await lab.CurlAsync(lab.PublicSpace, address, "-X", "DELETE")).Code);
        // Asking whether it is there, and pushing, leads nowhere else.
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/team/app/blobs/{blob.Digest}", "-I")).Code);
        Assert.Equal(0, (await lab.SkopeoAsync(lab.PublicSpace, lab.Authority, "team/app:v1")).ExitCode);
        Assert.Equal(0, (await PodmanAsync()).ExitCode);

        var pulls = (await lab.ManageAsync("GET", $"{lab.RegistryId}/auditEvents{NetworkLab.Version}&operation=Pull"))!["value"]!.AsArray();
        Assert.Contains(pulls, pull => (string?)pull!["Digest"] == blob.Digest && (string?)pull["Identity"] == ServerProcess.OwnerName && (string?)pull["Repository"] == "team/app");
    }

    [Fact]
    public async Task DataHost_HasNothingElse()
    {
        var data = $"https://local.local.data.registry.test:{lab.Server.HttpsPort}";
        foreach (var path in new[] { "/v2/", "/v2/team/app/manifests/v1", $"/v2/team/app/blobs/{blob.Digest}", "/oauth2/token", "/acr/v1/_catalog", "/metadata/endpoints?api-version=2022-09-01", "/.well-known/jwks.json", "/", lab.RegistryId + NetworkLab.Version })
            Assert.InRange((await lab.OwnerCurlAsync(lab.PublicSpace, data + path)).Code, 404, 421);
        // And the address opens nothing at the registry's own host.
        Assert.Equal(404, (await lab.OwnerCurlAsync(lab.PublicSpace, (await AddressAsync()).Replace("local.local.data.", "local.", StringComparison.Ordinal))).Code);
        await lab.ChangeAsync(new { dataEndpointEnabled = false });
        Assert.Equal(421, (await lab.CurlAsync(lab.PublicSpace, data + "/v2/", "-k")).Code);
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/team/app/blobs/{blob.Digest}", "-o", lab.Folder["blob"])).Code);
    }

    [Fact]
    public async Task Address_ElsewhereOrChanged_OpensNothing()
    {
        var address = await AddressAsync();
        var other = content.Blob(1000);
        Assert.Equal(201, (await lab.Owner.PushBlobAsync("team/app", other)).Code);
        Assert.Equal(201, (await lab.Owner.PushBlobAsync("team/other", blob)).Code);
        Assert.Equal(200, (await lab.CurlAsync(lab.PublicSpace, address, "-o", lab.Folder["blob"])).Code);

        var later = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        foreach (var changed in new[]
        {
            address.Replace(blob.Digest, other.Digest, StringComparison.Ordinal), address.Replace("n=team%2Fapp", "n=team%2Fother", StringComparison.Ordinal),
            Seconds.Replace(address, $"e={later}"), Signature.Replace(address, "s="), address + "&s=AAAA", address.Split('?')[0],
        })
        {
            Assert.NotEqual(address, changed);
            Assert.Equal(403, (await lab.CurlAsync(lab.PublicSpace, changed)).Code);
        }
        // Another registry's data endpoint.
        await lab.ManageAsync("PUT", lab.RegistryId.Replace("/local", "/second", StringComparison.Ordinal) + NetworkLab.Version, new { sku = new { name = "Premium" }, properties = new { dataEndpointEnabled = true } });
        Assert.Equal(403, (await lab.CurlAsync(lab.PublicSpace, address.Replace("local.local.data", "second.local.data", StringComparison.Ordinal))).Code);
        // Another network.
        await lab.ChangeAsync(new { networkRuleSet = new { defaultAction = "Deny", ipRules = new[] { new { value = lab.PublicAddress(7) } } } });
        Assert.Equal(200, (await lab.CurlAsync(lab.PublicSpace, address, "-o", lab.Folder["blob"], "--interface", lab.PublicAddress(7))).Code);
        Assert.Equal(403, (await lab.CurlAsync(lab.PublicSpace, address, "--interface", lab.PublicAddress(8))).Code);
        await lab.MakeEndpointAsync("one");
        await lab.ChangeAsync(new { publicNetworkAccess = "Disabled" });
        Assert.Equal(403, (await lab.CurlAsync(lab.PublicSpace, address, "--interface", lab.PublicAddress(7))).Code);
        Assert.Equal(0, (await lab.SkopeoAsync(lab.PrivateSpace, lab.PrivateAuthority, "team/app:v1")).ExitCode);
    }

    [Fact]
    public async Task Address_OfWhoMayNoLongerPull_OpensNothing()
    {
        var user = await lab.ManageAsync("POST", "/graph/v1.0/users", new { userPrincipalName = "ann", displayName = "ann", accountEnabled = true, mailNickname = "ann", passwordProfile = new { password = "a password of ann's", forceChangePasswordNextSignIn = false } });
        var assignment = $"{lab.RegistryId}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}?api-version=2022-04-01";
        await lab.ManageAsync("PUT", assignment, new { properties = new { principalId = (string?)user!["id"], roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d" } });
        var address = await AddressAsync("ann:a password of ann's");
        Assert.Equal(200, (await lab.CurlAsync(lab.PublicSpace, address, "-o", lab.Folder["blob"])).Code);
        await lab.ManageAsync("DELETE", assignment);
        Assert.Equal(403, (await lab.CurlAsync(lab.PublicSpace, address)).Code);
    }

    public ValueTask DisposeAsync() => lab?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<string> AddressAsync(string? credentials = null)
    {
        var (code, head) = await lab.CurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/team/app/blobs/{blob.Digest}", "-D", "-", "-u", credentials ?? $"{ServerProcess.OwnerName}:{ServerProcess.OwnerPassword}");
        Assert.Equal(307, code);
        return Location.Match(head).Groups[1].Value;
    }

    private Task<ToolResult> PodmanAsync()
    {
        Tool.Require("podman");
        return lab.InAsync(lab.PublicSpace,
        [
            "podman", "--root", lab.Folder.Create("podman"), "--runroot", lab.Folder.Create("podman-run"), "--storage-driver", "vfs", "pull", "--creds", $"{ServerProcess.OwnerName}:{ServerProcess.OwnerPassword}",
            "--cert-dir", Path.GetDirectoryName(lab.Server.CertificateFile)!, $"{lab.Authority}/team/app:v1",
        ]);
    }

    [GeneratedRegex("(?im)^location: (\\S+)")]
    private static partial Regex Location { get; }

    [GeneratedRegex("e=[0-9]+")]
    private static partial Regex Seconds { get; }

    [GeneratedRegex("s=[A-Za-z0-9_-]+$")]
    private static partial Regex Signature { get; }
}
