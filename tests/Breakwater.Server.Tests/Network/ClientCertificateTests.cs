using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Server.Configuration;
using Breakwater.Server.Tests.Hosting;

namespace Breakwater.Server.Tests.Network;

/// <summary>Clients' certificates at the listeners, by real handshakes: those of the authority, but for the revoked.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string Served = "HTTP/1.1 200 OK", Refused = "";

    private readonly TemporaryFolder folder = new();
    private readonly TestAuthority authority = TestAuthority.Create();
    private readonly int privatePort = FreePort();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listener_WithAnAuthority_TakesItsCertificatesAlone(bool isPrivate)
    {
        await using var host = await StartAsync(isPrivate, lists: null);
        using var client = authority.Issue();
        using var other = TestAuthority.Create();
        using var foreign = other.Issue();
        Assert.Equal(Served, await AskAsync(host, isPrivate, client));
        Assert.Equal(Refused, await AskAsync(host, isPrivate, foreign));
        Assert.Equal(Refused, await AskAsync(host, isPrivate, null));
        // The other listener asks nobody.
        Assert.Equal(Served, await AskAsync(host, !isPrivate, null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listener_WithRevocationLists_RefusesTheRevoked(bool isPrivate)
    {
        using var client = authority.Issue();
        using var revoked = authority.Issue();
        await using var host = await StartAsync(isPrivate, authority.Revoke(revoked));
        Assert.Equal(Served, await AskAsync(host, isPrivate, client));
        Assert.Equal(Refused, await AskAsync(host, isPrivate, revoked));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listener_WhoseListHasEnded_RefusesEverybody(bool isPrivate)
    {
        using var client = authority.Issue();
        await using var host = await StartAsync(isPrivate, authority.Revoke(DateTimeOffset.UtcNow.AddMinutes(-1)));
        Assert.Equal(Refused, await AskAsync(host, isPrivate, client));
        Assert.Equal(Served, await AskAsync(host, !isPrivate, null));
    }

    [Fact]
    public async Task Revocation_WhileAConnectionIsOpen_CountsOnItsNextRequest()
    {
        using var client = authority.Issue();
        await using var host = await StartAsync(isPrivate: false, authority.Revoke());
        using var connection = new TcpClient();
        await using var tls = await ConnectAsync(host, connection, isPrivate: false, client);
        Assert.Equal(Served, await ExchangeAsync(tls));
        await File.WriteAllTextAsync(folder.File("clients.crl"), TestAuthority.ToPem(authority.Revoke(client)), Stop);
        var answer = Served;
        for (var attempt = 0; attempt < 60 && answer == Served; attempt++)
        {
            await Task.Delay(250, Stop);
            answer = await ExchangeAsync(tls);
        }
        Assert.Equal("HTTP/1.1 403 Forbidden", answer);
        Assert.Equal(Refused, await AskAsync(host, isPrivate: false, client));
    }

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    private Task<HostUnderTest> StartAsync(bool isPrivate, byte[]? lists)
    {
        var ca = folder.Write("ca.pem", authority.Pem);
        var crl = lists is null ? null : folder.File("clients.crl");
        if (lists is not null)
            File.WriteAllBytes(crl!, lists);
        ServerSettings With(ServerSettings settings) => isPrivate
            ? settings with { PrivateClientCa = Of(ca), PrivateClientCrl = crl is null ? new Dictionary<string, string>() : Of(crl) }
            : settings with { ClientCa = ca, ClientCrl = crl };
        return HostUnderTest.StartAsync(change: settings => With(settings) with { PrivateListeners = [new PrivateListener("vpn", new IPEndPoint(IPAddress.Loopback, privatePort))] });

        static Dictionary<string, string> Of(string file) => new() { ["vpn"] = file };
    }

    /// <returns>The status line; empty when the connection was refused.</returns>
    private async Task<string> AskAsync(HostUnderTest host, bool isPrivate, X509Certificate2? client)
    {
        using var connection = new TcpClient();
        try
        {
            // By TLS 1.3 the client is done before the server has looked at its certificate.
            await using var tls = await ConnectAsync(host, connection, isPrivate, client);
            return await ExchangeAsync(tls);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return Refused;
        }
    }

    private async Task<SslStream> ConnectAsync(HostUnderTest host, TcpClient connection, bool isPrivate, X509Certificate2? client)
    {
        await connection.ConnectAsync(IPAddress.Loopback, isPrivate ? privatePort : host.Listeners.Https!.Port, Stop);
        var tls = new SslStream(connection.GetStream());
        var options = host.Trust("localhost");
        options.ClientCertificateContext = client is null ? null : SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true);
        await tls.AuthenticateAsClientAsync(options, Stop);
        return tls;
    }

    private static async Task<string> ExchangeAsync(SslStream tls)
    {
        await tls.WriteAsync("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Stop);
        var (buffer, text) = (new byte[4096], "");
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await tls.ReadAsync(buffer, Stop);
            if (read == 0)
                return Refused;
            text += Encoding.Latin1.GetString(buffer, 0, read);
        }
        return text[..text.IndexOf("\r\n", StringComparison.Ordinal)];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
