using System.Net;
using System.Net.Sockets;

namespace Breakwater.Server.Tests.Hosting;

/// <summary>What only a process shows: descriptors, signals, exit codes.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int FewDescriptors = 512;

    private readonly TemporaryFolder _data = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IdleConnections_MoreThanDescriptors_AreShedAndTheServerLivesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are set with ulimit.");
        await using var server = await ServerProcess.StartAsync(_data.Path, FewDescriptors);
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 2 * FewDescriptors; i++)
            {
                var connection = new TcpClient();
                await connection.ConnectAsync(IPAddress.Loopback, server.HttpPort, Stop);
                idle.Add(connection);
            }
            using var crowded = await GetAsync(server.OperationsPort, "/healthz/ready");
            Assert.Equal(HttpStatusCode.OK, crowded.StatusCode);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
        Assert.True(await IsServedAgainAsync(server.HttpPort));
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
    }

    [Fact]
    public async Task Sigterm_AfterTheFirstStart_ExitsWithZeroAndShowedTheScreen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals are sent with kill.");
        await using var server = await ServerProcess.StartAsync(_data.Path, FewDescriptors);
        var (exitCode, output) = await server.TerminateAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains($"docker login localhost:{server.HttpPort} -u owner", output, StringComparison.Ordinal);
        Assert.False(File.Exists(_data.File("control.sock")));
    }

    [Fact]
    public async Task Start_PortInUseAtTheFirstStart_StillShowsThePasswordAtTheNext()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are set with ulimit.");
        using (var other = new TcpListener(IPAddress.Loopback, 0))
        {
            other.Start();
            var (exitCode, error) = await ServerProcess.RunAsync(_data.Path, FewDescriptors, ((IPEndPoint)other.LocalEndpoint).Port);
            Assert.Equal(1, exitCode);
            Assert.Contains("choose another port with --http", error, StringComparison.Ordinal);
        }
        await using var server = await ServerProcess.StartAsync(_data.Path, FewDescriptors);
        Assert.Contains("bwk_pw_", (await server.TerminateAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TooFewDescriptors_IsRefusedWithRemedy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are set with ulimit.");
        var (exitCode, error) = await ServerProcess.RunAsync(_data.Path, 256);
        Assert.Equal(2, exitCode);
        Assert.Contains("descriptor limit = 256 (system): ", error, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private static async Task<bool> IsServedAgainAsync(int port)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var answer = await GetAsync(port, "/v2/");
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
                return true;
            await Task.Delay(50, Stop);
        }
        return false;
    }

    private static async Task<HttpResponseMessage> GetAsync(int port, string path)
    {
        using var client = new HttpClient();
        return await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), Stop);
    }
}
