using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Breakwater.Server.Tests.Hosting;

/// <summary>The real program in a process of its own, under a limit of open files.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output, _error;

    private ServerProcess(string data, int descriptorLimit, int? httpPort = null)
    {
        HttpPort = httpPort ?? FreePort();
        OperationsPort = FreePort();
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        // Whoever runs the tests may have settings of their own.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("BREAKWATER_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        var command = $"ulimit -n {descriptorLimit}; exec \"$0\" \"$@\"";
        foreach (var argument in new[] { "-c", command, "dotnet", Program, "--data", data, "--http", $"127.0.0.1:{HttpPort}", "--https", "off", "--ops", $"127.0.0.1:{OperationsPort}", "--shutdown-grace", "3s" })
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int HttpPort { get; }

    public int OperationsPort { get; }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Breakwater.Server.dll");

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string data, int descriptorLimit)
    {
        var server = new ServerProcess(data, descriptorLimit);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (server._process.HasExited)
                Assert.Fail($"It ended with {server._process.ExitCode}: {await server._error}");
            if (await IsReadyAsync(client, server.OperationsPort))
                return server;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("The server was not ready within 30 s.");
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(string data, int descriptorLimit, int? httpPort = null)
    {
        await using var server = new ServerProcess(data, descriptorLimit, httpPort);
        await server._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (server._process.ExitCode, await server._error);
    }

    /// <summary>SIGTERM, and then the exit code and all that was printed.</summary>
    public async Task<(int ExitCode, string Output)> TerminateAsync()
    {
        using var kill = Process.Start("/bin/kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, int port)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz/ready"), TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
