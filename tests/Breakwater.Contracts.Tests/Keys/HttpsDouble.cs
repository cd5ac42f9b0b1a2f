using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Breakwater.Contracts.Tests.Keys;

/// <summary>A server on this machine with a certificate of an authority of its own, which can be switched off and on at the same address.</summary>
internal sealed class HttpsDouble(Func<HttpRequest, JsonNode?, (int Status, object? Body)> answer) : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = Certificate();
    private WebApplication? _app;

    public int Port { get; private set; }

    public string Address => $"https://localhost:{Port}";

    /// <summary>The authority, as a PEM file holds it.</summary>
    public string Authority => _certificate.ExportCertificatePem();

    /// <summary>Set by an answer of 401.</summary>
    public string? Challenge { get; set; }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, Port, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        Port = new Uri(_app.Urls.Single()).Port;
    }

    public async Task StopAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        JsonNode? sent = null;
        if (context.Request.HasJsonContentType())
            sent = await context.Request.ReadFromJsonAsync<JsonNode>();
        else if (context.Request.HasFormContentType)
            await context.Request.ReadFormAsync();
        var (status, body) = answer(context.Request, sent);
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized && Challenge is not null)
            context.Response.Headers.WWWAuthenticate = Challenge;
        if (body is not null)
            await context.Response.WriteAsJsonAsync(body, body.GetType());
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
