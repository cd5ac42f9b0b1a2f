using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Suite;

/// <summary>One server with both listeners, for the whole suite; each test takes repositories of its own.</summary>
public sealed class RunningRegistry : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private MachineLock? turn;
    private ServerProcess? server;

    public ServerProcess Server => server ?? throw new InvalidOperationException("Not started.");

    /// <summary>Host and port of the TLS listener, as it stands before a repository in an image's name.</summary>
    public string Tls => Server.HttpsAuthority;

    public string Plain => Server.HttpAuthority;

    /// <summary>A folder with the authority's certificate alone, as <c>--cert-dir</c> wants it.</summary>
    public string CertificateFolder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        turn = await MachineLock.TakeAsync();
        server = await ServerProcess.StartAsync(new ServerOptions { DataDirectory = folder["data"], Https = true });
        CertificateFolder = folder.Create("certificates");
        File.Copy(server.CertificateFile, Path.Combine(CertificateFolder, "ca.crt"));
    }

    public RegistryClient CreateClient() => Server.CreateClient();

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Dispose();
        turn?.Dispose();
    }
}
