using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Tests.Hosting;

public sealed class ListenerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/healthz/live", HttpStatusCode.OK)]
    [InlineData("/healthz/ready", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/v2/", HttpStatusCode.NotFound)]
    public async Task Operations_Path_AnswersOnItsOwnListenerOnly(string path, HttpStatusCode status)
    {
        await using var host = await HostUnderTest.StartAsync();
        using var client = new HttpClient();
        using var operations = await client.GetAsync($"http://{host.Listeners.Operations}{path}", Stop);
        Assert.Equal(status, operations.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host.Listeners.Http}{path}");
        request.Headers.Host = host.Listeners.Operations!.ToString();
        using var door = await client.SendAsync(request, Stop);
        Assert.Equal("public", await door.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Ready_WithProblem_Is503AndTellsWhy()
    {
        await using var host = await HostUnderTest.StartAsync();
        host.Readiness.Report("storage", "the volume is full");
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"http://{host.Listeners.Operations}/healthz/ready", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"status":"unavailable","reasons":[{"check":"storage","reason":"the volume is full"}]}""", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://{host.Listeners.Operations}/healthz/live", Stop)).StatusCode);
    }

    [Fact]
    public async Task Control_Socket_HasItsOwnPipeline()
    {
        await using var host = await HostUnderTest.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(host.ControlPath), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        Assert.Equal("control", await client.GetStringAsync(new Uri("http://localhost/v2/"), Stop));
    }

    [Fact]
    public async Task Https_LocalAuthority_SpeaksHttp2WithTls13()
    {
        await using var host = await HostUnderTest.StartAsync();
        SslStream? tls = null;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = host.Trust("localhost"),
            PlaintextStreamFilter = (context, _) =>
            {
                tls = (SslStream)context.PlaintextStream;
                return ValueTask.FromResult(context.PlaintextStream);
            },
        })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal("public", await client.GetStringAsync(new Uri($"https://localhost:{host.Listeners.Https!.Port}/"), Stop));
        Assert.Equal(System.Security.Authentication.SslProtocols.Tls13, tls!.SslProtocol);
    }

    [Fact]
    public async Task Https_HostOfAnotherName_IsMisdirected()
    {
        await using var host = await HostUnderTest.StartAsync();
        var answer = await host.SendRawTlsAsync("localhost", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 421", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_AtTheLimit_AreToldAndServedAgainLater()
    {
        await using var host = await HostUnderTest.StartAsync(change: settings => settings with { MaxConnections = 3 });
        var idle = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, host.HttpPort, Stop);
            idle.Add(connection);
        }
        await UntilAsync(async () => (await host.SendRawAsync("")).StartsWith("HTTP/1.1 503", StringComparison.Ordinal));
        Assert.Contains("\r\n\r\n{\"errors\":[{\"code\":\"UNAVAILABLE\"", await host.SendRawAsync(""), StringComparison.Ordinal);

        // Crowded out or not, operations stay reachable.
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://{host.Listeners.Operations}/healthz/live", Stop)).StatusCode);

        idle.ForEach(connection => connection.Dispose());
        await UntilAsync(async () => (await host.SendRawAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_RequestUnderWay_LetsItFinish()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await HostUnderTest.StartAsync(async context =>
        {
            entered.SetResult();
            await leave.Task;
            await context.Response.WriteAsync("finished", Encoding.ASCII, CancellationToken.None);
        });
        using var client = new HttpClient();
        var request = client.GetStringAsync(new Uri($"http://{host.Listeners.Http}/"), Stop);
        await entered.Task;
        var stopping = host.StopAsync();
        await Task.Delay(100, Stop);
        Assert.False(stopping.IsCompleted);
        leave.SetResult();
        Assert.Equal("finished", await request);
        await stopping;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await condition())
                return;
            await Task.Delay(50, Stop);
        }
        Assert.Fail("It did not come true within five seconds.");
    }
}
