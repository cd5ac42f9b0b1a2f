using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Testing.Hosting;

namespace Breakwater.EndToEnd.Tests.Imports;

/// <summary>A registry over TLS that answers whatever a test says, also what no honest one would.</summary>
internal sealed class StubRegistry : IDisposable
{
    private readonly TcpListener listener;
    private readonly X509Certificate2 certificate = Certify();
    private readonly ConcurrentQueue<StubRequest> requests = new();

    public StubRegistry()
    {
        var port = Ports.Next();
        Authority = $"127.0.0.1:{port}";
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = RunAsync();
    }

    public string Authority { get; }

    public string CertificatePem => certificate.ExportCertificatePem();

    /// <summary>Null is answered 404.</summary>
    public Func<StubRequest, StubReply?> Answer { get; set; } = _ => null;

    public IReadOnlyList<StubRequest> Requests => [.. requests];

    private async Task RunAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = new SslStream(client.GetStream()))
            {
                await stream.AuthenticateAsServerAsync(certificate);
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var first = (await reader.ReadLineAsync())!.Split(' ');
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                    headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
                var request = new StubRequest(first[1], headers);
                requests.Enqueue(request);
                var reply = Answer(request) ?? new StubReply(404, []);
                await Task.Delay(reply.Delay);
                var head = $"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\nContent-Length: {reply.Body.Length}\r\n{string.Concat(reply.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
                await stream.WriteAsync(reply.Body.AsMemory(0, reply.CutAfter ?? reply.Body.Length));
                await stream.FlushAsync();
            }
        }
        catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The caller went away.
        }
    }

    private static X509Certificate2 Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=stub {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.FromUnixTimeSeconds(0), DateTimeOffset.FromUnixTimeSeconds(4_000_000_000));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        listener.Dispose();
        certificate.Dispose();
    }
}
