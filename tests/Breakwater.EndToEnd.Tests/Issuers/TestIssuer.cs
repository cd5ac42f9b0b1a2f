using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Issuers;

/// <summary>Another OpenID Connect issuer, as a process with a certificate of its own.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient client;

    private TestIssuer(Process process, int port, string certificate)
    {
        (this.process, Address, CertificateFile) = (process, $"https://localhost:{port}", certificate);
        var own = X509Certificate2.CreateFromPem(File.ReadAllText(certificate)).Thumbprint;
        client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == own }) { BaseAddress = new Uri(Address) };
    }

    public string Address { get; }

    /// <summary>To be trusted as an authority: it signed itself.</summary>
    public string CertificateFile { get; }

    public static async Task<TestIssuer> StartAsync(TemporaryFolder folder, [CallerFilePath] string here = "")
    {
        var (certificate, key) = WriteCertificate(folder);
        var port = Ports.Next();
        var start = new ProcessStartInfo(Tool.Require("node").FilePath, [Path.Combine(Path.GetDirectoryName(here)!, "issuer.mjs"), $"{port}", certificate, key]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return new TestIssuer(process, port, certificate);
    }

    /// <param name="claims">Beside, or in place of, the usual ones.</param>
    public async Task<string> MintAsync(object claims, string algorithm = "RS256", bool foreign = false)
    {
        using var response = await client.PostAsJsonAsync("/mint", new { claims, algorithm, foreign }, TestContext.Current.CancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Its keys, as an operator saves them for a closed network.</summary>
    public Task<string> KeysAsync() => client.GetStringAsync("/jwks", TestContext.Current.CancellationToken);

    private static (string Certificate, string Key) WriteCertificate(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test issuer", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(folder["issuer.crt"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["issuer.key"], key.ExportPkcs8PrivateKeyPem());
        return (folder["issuer.crt"], folder["issuer.key"]);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
