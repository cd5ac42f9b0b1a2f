using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Core.Registries;
using Breakwater.Server.Configuration;
using Breakwater.Server.Errors;
using Breakwater.Server.Guards;
using Breakwater.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Breakwater.Server.Tests.Hosting;

/// <summary>The product's host on free ports, with an endpoint of the test's own at the end of the pipeline.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly WebApplication _app;

    private HostUnderTest(Func<ServerSettings, ServerSettings> change, RequestDelegate endpoint)
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        var settings = change(new ServerSettings { Data = _data.Path, Http = any, Https = any, Ops = any, LogLevel = LogLevel.None, ShutdownGrace = TimeSpan.FromSeconds(5) });
        ControlPath = _data.File("control.sock");
        var builder = ServerHost.CreateBuilder(settings, ControlPath);
        builder.Services.AddSingleton(Registries);
        _app = builder.Build();
        _app.UseCorrelation();
        _app.Use(next => new HttpGuards(next, AllowedHosts.For(settings, Registries)).InvokeAsync);
        _app.UseListenerSplit(context => context.Response.WriteAsync("control"));
        _app.UseMiddleware<ErrorMiddleware>();
        _app.Run(endpoint);
    }

    public static RegistryDirectory Registries { get; } = new([new Registry(Guid.NewGuid(), "local", 1), new Registry(Guid.NewGuid(), "fleet", 1)]);

    public string ControlPath { get; }

    public Readiness Readiness => _app.Services.GetRequiredService<Readiness>();

    public Listeners Listeners => _app.Services.GetRequiredService<Listeners>();

    public int HttpPort => Listeners.Http!.Port;

    /// <summary>What a client is given that trusts this installation's CA and no other.</summary>
    public SslClientAuthenticationOptions Trust(string name)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(File.ReadAllText(_data.File("tls/ca.crt"))));
        return new() { TargetHost = name, CertificateChainPolicy = policy };
    }

    public static async Task<HostUnderTest> StartAsync(RequestDelegate? endpoint = null, Func<ServerSettings, ServerSettings>? change = null)
    {
        var host = new HostUnderTest(change ?? (settings => settings), endpoint ?? (context => context.Response.WriteAsync("public")));
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Readiness.Started();
        return host;
    }

    /// <summary>Sends bytes as they stand to the plain HTTP listener and reads until the server closes.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, HttpPort, TestContext.Current.CancellationToken);
        return await ExchangeAsync(connection.GetStream(), request);
    }

    /// <summary>The same over TLS, where the handshake names a server of its own.</summary>
    /// <param name="before">Bytes that stand before the handshake.</param>
    public async Task<string> SendRawTlsAsync(string serverName, string request, string before = "")
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, Listeners.Https!.Port, TestContext.Current.CancellationToken);
        await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(before), TestContext.Current.CancellationToken);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(Trust(serverName), TestContext.Current.CancellationToken);
        return await ExchangeAsync(tls, request);
    }

    private static async Task<string> ExchangeAsync(Stream stream, string request)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Dispose();
    }
}
