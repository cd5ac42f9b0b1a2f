using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Cli.Tests.Suite;

/// <summary>One real server with TLS for the whole suite, which trusts an issuer whose keys the tests have.</summary>
public sealed class CliServer : IAsyncLifetime
{
    public const string ForeignIssuer = "https://ci.example";

    private readonly TemporaryFolder folder = new();
    private MachineLock? turn;
    private ServerProcess? server;

    public ServerProcess Process => server ?? throw new InvalidOperationException("Not started.");

    /// <summary>Null where SoftHSM is not installed.</summary>
    public HsmServer? Hsm { get; private set; }

    public string Address => $"https://localhost:{Process.HttpsPort}";

    public string Authority => $"localhost:{Process.HttpsPort}";

    public string CaFile => Process.CertificateFile;

    public RSA ForeignKey { get; } = RSA.Create(2048);

    public async ValueTask InitializeAsync()
    {
        turn = await MachineLock.TakeAsync();
        var key = ForeignKey.ExportParameters(includePrivateParameters: false);
        var keys = new { keys = new[] { new { kty = "RSA", kid = "k", use = "sig", alg = "RS256", n = Encode(key.Modulus!), e = Encode(key.Exponent!) } } };
        await File.WriteAllTextAsync(folder["keys.json"], JsonSerializer.Serialize(keys));
        await File.WriteAllTextAsync(folder["issuers.json"], JsonSerializer.Serialize(new[] { new { issuer = ForeignIssuer, jwks = "keys.json" } }));
        Hsm = SoftHsm.IsThere ? new HsmServer(folder) : null;
        server = await ServerProcess.StartAsync(new ServerOptions
        {
            DataDirectory = folder["data"],
            Https = true,
            Arguments = ["--trusted-issuers", folder["issuers.json"], "--private-listeners", $"vpn=127.0.0.1:{Ports.Next()}", .. WebhookReceiver.Flags, .. Hsm?.Arguments ?? []],
            Environment = Hsm?.Environment ?? new Dictionary<string, string>(),
        });
    }

    /// <summary>Pushes an image of random content.</summary>
    /// <returns>Its digest.</returns>
    public async Task<string> PushAsync(string repository, string tag, TestManifest? manifest = null)
    {
        using var client = Process.CreateClient();
        var pushed = manifest ?? TestManifest.RandomImage(new RandomContent(RandomNumberGenerator.GetInt32(int.MaxValue)));
        Assert.Equal(201, (await client.PushAsync(repository, tag, pushed)).Code);
        return pushed.Digest;
    }

    public static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        ForeignKey.Dispose();
        folder.Dispose();
        turn?.Dispose();
    }
}
