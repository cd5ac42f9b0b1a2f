using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Testing.Hosting;

/// <summary>A real server in a process of its own.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    public const string OwnerName = "owner";
    public const string OwnerPassword = "gravel-harbour-lantern-42";

    private readonly Process process;
    private readonly ServerLog log = new();
    private readonly HttpClient probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private bool disposed;

    private ServerProcess(ServerOptions options)
    {
        Options = options;
        HttpPort = Ports.Next();
        HttpsPort = options.Https ? Ports.Next() : null;
        OperationsPort = Ports.Next();
        process = new Process { StartInfo = ServerCommand.Serve(options, HttpPort, HttpsPort, OperationsPort) };
        process.OutputDataReceived += (_, line) => log.Add(line.Data);
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
    }

    public ServerOptions Options { get; }

    public int HttpPort { get; }

    public int? HttpsPort { get; }

    public int OperationsPort { get; }

    public string HttpAuthority => $"127.0.0.1:{HttpPort}";

    public string HttpsAuthority => $"127.0.0.1:{HttpsPort ?? throw new InvalidOperationException("Started without TLS.")}";

    public string CertificateFile => Path.Combine(Options.DataDirectory, "tls", "ca.crt");

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => log.ToString();

    /// <summary>Starts a server and returns when it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended or was not ready in time; the message has its output.</exception>
    public static async Task<ServerProcess> StartAsync(ServerOptions options)
    {
        var server = Launch(options);
        try
        {
            await server.WaitReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server without waiting.</summary>
    public static ServerProcess Launch(ServerOptions options)
    {
        var server = new ServerProcess(options);
        server.process.Start();
        Orphans.Watch(server.process);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    public async Task WaitReadyAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The server ended with {process.ExitCode} before it was ready:\n{Output}");
            if (await ReadinessAsync() == HttpStatusCode.OK)
                return;
            if (clock.Elapsed > Options.StartLimit)
                throw new InvalidOperationException($"The server was not ready within {Options.StartLimit}:\n{Output}");
            await Task.Delay(40);
        }
    }

    /// <returns>The status of the readiness check, or null when nobody answers.</returns>
    public async Task<HttpStatusCode?> ReadinessAsync()
    {
        try
        {
            using var answer = await probe.GetAsync(new Uri($"http://127.0.0.1:{OperationsPort}/healthz/ready"));
            return answer.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>A client of this server that signs in as the owner.</summary>
    public RegistryClient CreateClient() => new(new Uri($"http://{HttpAuthority}"), OwnerName, OwnerPassword);

    /// <summary>The same over TLS, trusting this server's own authority alone.</summary>
    public RegistryClient CreateTlsClient() =>
        new(new Uri($"https://{HttpsAuthority}"), OwnerName, OwnerPassword, X509CertificateLoader.LoadCertificateFromFile(CertificateFile));

    /// <summary>Over TLS as somebody else, by another of the server's names.</summary>
    public RegistryClient CreateTlsClient(string authority, string user, string password) =>
        new(new Uri($"https://{authority}"), user, password, X509CertificateLoader.LoadCertificateFromFile(CertificateFile));

    /// <summary>SIGKILL, as the kernel's out-of-memory killer or a power cut would end it.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await WaitForExitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>SIGTERM, without waiting.</summary>
    public void SignalTerminate() => Signals.Send(process.Id, Signals.Terminate);

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        if (!process.HasExited)
            SignalTerminate();
        return await WaitForExitAsync(TimeSpan.FromSeconds(40));
    }

    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It still runs after <paramref name="limit"/>.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using var time = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The server still runs after {limit.TotalSeconds:0} s:\n{Output}");
        }
        return process.ExitCode;
    }

    /// <summary>Runs a subcommand such as <c>verify --deep</c> on this server's data directory.</summary>
    public Task<ToolResult> CommandAsync(params string[] arguments) => ServerCommand.RunAsync(Options, arguments);

    /// <summary>Starts again with the same options and new ports. The old process must have ended.</summary>
    public Task<ServerProcess> RestartAsync() => StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        Orphans.Forget(process);
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        probe.Dispose();
    }
}
