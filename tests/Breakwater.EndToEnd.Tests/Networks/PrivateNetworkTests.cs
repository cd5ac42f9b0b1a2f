using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Networks;

/// <summary>Private endpoints, between real networks and with real clients.</summary>
[Trait("tool", "skopeo")]
public sealed class PrivateNetworkTests : IAsyncLifetime
{
    private const string Image = "team/app:v1";

    private readonly RandomContent content = new(TestSettings.Seed + 32);
    private NetworkLab lab = null!;

    public async ValueTask InitializeAsync()
    {
        lab = await NetworkLab.StartAsync();
        Assert.Equal(201, (await lab.Owner.PushAsync("team/app", "v1", TestManifest.RandomImage(content))).Code);
    }

    [Fact]
    public async Task Endpoint_OnlyWhileItIsApproved_LetsThePrivateNetworkIn()
    {
        await lab.ChangeAsync(new { publicNetworkAccess = "Disabled" });
        var connection = await lab.MakeEndpointAsync("one", isManual: true);
        Assert.Equal((403, 1), await PrivateAsync());
        await lab.DecideAsync(connection, "Rejected");
        Assert.Equal((403, 1), await PrivateAsync());
        await lab.DecideAsync(connection, "Approved");
        Assert.Equal((200, 0), await PrivateAsync());

        // By the public door nobody comes in, the private network neither, and by the private one nobody else.
        Assert.Equal(403, (await lab.OwnerCurlAsync(lab.PrivateSpace, $"https://{lab.Authority}/v2/")).Code);
        Assert.Equal(403, (await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/")).Code);
        Assert.NotEqual(0, (await lab.SkopeoAsync(lab.PublicSpace, lab.Authority, Image)).ExitCode);

        await lab.DecideAsync(connection, "Rejected");
        Assert.Equal((403, 1), await PrivateAsync());
        await lab.DecideAsync(connection, "Approved");
        await lab.ManageAsync("DELETE", $"{lab.GroupId}/providers/Microsoft.Network/privateEndpoints/one{NetworkLab.Version}");
        Assert.Equal((403, 1), await PrivateAsync());
    }

    [Fact]
    public async Task Endpoint_OfOneHost_IsNoneOfItsNeighbours()
    {
        await lab.ChangeAsync(new { networkRuleSet = new { defaultAction = "Deny" } });
        await lab.MakeEndpointAsync("one", prefixes: [lab.PrivateAddress(7)]);
        string url = $"https://{lab.PrivateAuthority}/v2/";
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PrivateSpace, url, "--interface", lab.PrivateAddress(7))).Code);
        var (code, body) = await lab.OwnerCurlAsync(lab.PrivateSpace, url, "--interface", lab.PrivateAddress(8));
        Assert.Equal(403, code);
        Assert.Contains(lab.PrivateAddress(8), body, StringComparison.Ordinal);
        // The rules hold for who comes by the private door and is not private.
        await lab.ChangeAsync(new { networkRuleSet = new { ipRules = new[] { new { value = lab.PrivateAddress(8) } } } });
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PrivateSpace, url, "--interface", lab.PrivateAddress(8))).Code);
        // Another registry knows nothing of the endpoint.
        await lab.ManageAsync("PUT", lab.RegistryId.Replace("/local", "/second", StringComparison.Ordinal) + NetworkLab.Version, new { sku = new { name = "Premium" }, properties = new { publicNetworkAccess = "Disabled" } });
        Assert.Equal(403, (await lab.OwnerCurlAsync(lab.PrivateSpace, $"https://second.registry.test:{lab.PrivatePort}/v2/", "--interface", lab.PrivateAddress(7))).Code);
    }

    [Fact]
    public async Task Endpoint_WithAnAuthority_AsksForACertificateOfIt()
    {
        using var authority = Make("CN=clients", null);
        await lab.ChangeAsync(new { publicNetworkAccess = "Disabled" });
        await lab.MakeEndpointAsync("one", authority: authority.ExportCertificatePem());
        string url = $"https://{lab.PrivateAuthority}/v2/";
        Assert.Equal(403, (await lab.OwnerCurlAsync(lab.PrivateSpace, url)).Code);
        using (var known = Make("CN=client", authority))
            Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PrivateSpace, url, "--cert", Write("known.pem", known))).Code);
        using var other = Make("CN=clients", null);
        using var foreign = Make("CN=client", other);
        Assert.Equal(403, (await lab.OwnerCurlAsync(lab.PrivateSpace, url, "--cert", Write("foreign.pem", foreign))).Code);
    }

    [Fact]
    public async Task Listener_WithAnAuthority_TakesNoOtherConnection()
    {
        using var authority = Make("CN=clients", null);
        await File.WriteAllTextAsync(lab.Folder["clients.pem"], authority.ExportCertificatePem());
        var file = lab.Folder["clients.pem"];
        await using var other = await NetworkLab.StartAsync("--private-client-ca", $"vpn={file}");
        string url = $"https://{other.PrivateAuthority}/v2/";
        Assert.Equal(0, (await other.OwnerCurlAsync(other.PrivateSpace, url)).Code);
        using var client = Make("CN=client", authority);
        Assert.Equal(200, (await other.OwnerCurlAsync(other.PrivateSpace, url, "--cert", Write("client.pem", client))).Code);
    }

    [Fact]
    public async Task Download_WhoseEndpointIsRejected_IsCut()
    {
        var blob = content.Blob(64 << 20);
        Assert.Equal(201, (await lab.Owner.PushBlobAsync("team/app", blob)).Code);
        await lab.ChangeAsync(new { publicNetworkAccess = "Disabled" });
        var connection = await lab.MakeEndpointAsync("one");
        var clock = Stopwatch.StartNew();
        var download = lab.InAsync(lab.PrivateSpace,
            ["curl", "-sS", "-m", "60", "--cacert", lab.Server.CertificateFile, "-u", $"{ServerProcess.OwnerName}:{ServerProcess.OwnerPassword}", "--limit-rate", "4M", "-o", lab.Folder["blob"], $"https://{lab.PrivateAuthority}/v2/team/app/blobs/{blob.Digest}"]);
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(lab.Folder["blob"]) && new FileInfo(lab.Folder["blob"]).Length > 1 << 20), "some of the blob has arrived");
        await lab.DecideAsync(connection, "Rejected");
        Assert.NotEqual(0, (await download).ExitCode);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 12);
    }

    public ValueTask DisposeAsync() => lab?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>What curl and skopeo get in the private network: the status, and the exit code.</summary>
    private async Task<(int Curl, int Skopeo)> PrivateAsync() =>
        ((await lab.OwnerCurlAsync(lab.PrivateSpace, $"https://{lab.PrivateAuthority}/v2/")).Code, (await lab.SkopeoAsync(lab.PrivateSpace, lab.PrivateAuthority, Image)).ExitCode);

    private string Write(string name, X509Certificate2 certificate)
    {
        File.WriteAllText(lab.Folder[name], certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return lab.Folder[name];
    }

    private static X509Certificate2 Make(string subject, X509Certificate2? issuer)
    {
        var now = DateTimeOffset.UtcNow;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        if (issuer is null)
            return request.CreateSelfSigned(now.AddDays(-2), now.AddYears(1));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        return request.Create(issuer, now.AddDays(-1), now.AddDays(30), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }
}
