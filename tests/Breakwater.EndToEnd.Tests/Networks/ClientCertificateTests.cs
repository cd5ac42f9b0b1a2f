using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Networks;

/// <summary>The public listener with an authority and revocation lists as OpenSSL makes them, and curl as the client.</summary>
public sealed class ClientCertificateTests : IAsyncLifetime
{
    private const string Configuration = """
        [ca]
        default_ca = own
        [own]
        database = index.txt
        default_md = sha256
        default_days = 30
        default_crl_days = 7
        crlnumber = crlnumber
        serial = serial
        new_certs_dir = .
        policy = any
        crl_extensions = crl
        [any]
        commonName = supplied
        [crl]
        authorityKeyIdentifier = keyid:always
        [req]
        distinguished_name = name
        [name]
        [authority]
        basicConstraints = critical,CA:true
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        [client]
        extendedKeyUsage = clientAuth
        """;

    private readonly TemporaryFolder folder = new();
    private Tool openssl = null!, curl = null!;

    public async ValueTask InitializeAsync()
    {
        (openssl, curl) = (Tool.Require("openssl"), Tool.Require("curl"));
        await File.WriteAllTextAsync(folder["ca.cnf"], Configuration);
        await File.WriteAllTextAsync(folder["index.txt"], "");
        await File.WriteAllTextAsync(folder["crlnumber"], "01\n");
        await File.WriteAllTextAsync(folder["serial"], "01\n");
        await OpenSslAsync("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=clients", "-days", "300", "-config", "ca.cnf", "-extensions", "authority", "-keyout", "ca.key", "-out", "ca.pem");
        foreach (var client in new[] { "alice", "mallory" })
        {
            await OpenSslAsync("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", $"/CN={client}", "-config", "ca.cnf", "-keyout", $"{client}.key", "-out", $"{client}.csr");
            await OpenSslAsync("ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-extensions", "client", "-in", $"{client}.csr", "-out", $"{client}.pem");
        }
        await ListAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Certificate_RevokedWhileTheServerRuns_IsRefused(bool isDer)
    {
        await using var server = await StartAsync(isDer);
        Assert.Equal(401, await AskAsync(server, "alice"));
        Assert.Equal(401, await AskAsync(server, "mallory"));
        Assert.Equal(0, await AskAsync(server, null));

        await OpenSslAsync("ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-revoke", "mallory.pem", "-crl_reason", "keyCompromise");
        await ListAsync();
        await Eventually.HoldsAsync(async () => await AskAsync(server, "mallory") == 0, "the new list counts");
        Assert.Equal(401, await AskAsync(server, "alice"));
        Assert.Contains("CN=mallory was refused by the listener https", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfAnotherAuthority_StopsTheStartWithTheReason()
    {
        await OpenSslAsync("req", "-x509", "-new", "-key", "ca.key", "-subj", "/CN=somebody else", "-days", "300", "-config", "ca.cnf", "-extensions", "authority", "-out", "other.pem");
        var server = ServerProcess.Launch(Options(isDer: false, authority: "other.pem"));
        await using (server)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(server.HasExited), "the server ends");
            Assert.Contains("client-crl", server.Output, StringComparison.Ordinal);
            Assert.Contains("CN=clients is not signed by one of the client authorities", server.Output, StringComparison.Ordinal);
        }
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<ServerProcess> StartAsync(bool isDer) => ServerProcess.StartAsync(Options(isDer, "ca.pem"));

    private ServerOptions Options(bool isDer, string authority) => new()
    {
        DataDirectory = folder["data"],
        Https = true,
        Arguments = ["--client-ca", folder[authority], "--client-crl", folder[isDer ? "clients.der" : "clients.crl"]],
    };

    private async Task ListAsync()
    {
        await OpenSslAsync("ca", "-gencrl", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-out", "new.crl");
        await OpenSslAsync("crl", "-in", "new.crl", "-outform", "DER", "-out", "new.der");
        File.Move(folder["new.crl"], folder["clients.crl"], overwrite: true);
        File.Move(folder["new.der"], folder["clients.der"], overwrite: true);
    }

    /// <returns>The status; 0 when the connection was refused.</returns>
    private async Task<int> AskAsync(ServerProcess server, string? client)
    {
        string[] certificate = client is null ? [] : ["--cert", folder[client + ".pem"], "--key", folder[client + ".key"]];
        var result = await curl.TryRunAsync(["-s", "-m", "20", "-o", folder["body"], "-w", "%{http_code}", "--cacert", server.CertificateFile, .. certificate, $"https://{server.HttpsAuthority}/v2/"]);
        return int.Parse(result.StandardOutput, System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<string> OpenSslAsync(params string[] arguments) => openssl.RunAsync(arguments, workingDirectory: folder.Path);
}
