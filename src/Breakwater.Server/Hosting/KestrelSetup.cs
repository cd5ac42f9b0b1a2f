using Breakwater.Server.Network;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Breakwater.Server.Hosting;

/// <summary>Kestrel's limits. Each is a bound on what one client can make the server hold; upload routes lift the body limit for themselves.</summary>
internal static class KestrelSetup
{
    private const int RequestLineBytes = 8 << 10, HeaderBytes = 32 << 10, Headers = 100;
    private const long BodyBytes = 1 << 20;

    /// <summary>
    /// What may wait to be sent on one connection before a writer must wait: more gives the socket larger pieces, and costs that much memory
    /// on every slow connection. 100 parallel transfers hold 25 MiB.
    /// </summary>
    private const long ResponseBufferBytes = 256 << 10;

    /// <summary>What may wait to be read on one connection. Kestrel's own 1 MiB feeds no transfer faster, and 100 uploads would hold 100 MiB.</summary>
    private const long RequestBufferBytes = 256 << 10;

    /// <summary>HTTP/2 windows: a layer at 10 ms of round trip then runs at 100 MB/s on a stream, and four streams share a connection.</summary>
    private const int StreamWindowBytes = 1 << 20, ConnectionWindowBytes = 4 << 20;

    /// <summary>Bytes per second that a body must bring, Kestrel's default, with twice its grace for slow starts.</summary>
    private static readonly MinDataRate LeastRate = new(240, TimeSpan.FromSeconds(10));

    public static void SetLimits(KestrelServerOptions options)
    {
        // A header line that ends in a bare LF is a disagreement waiting for a proxy: 400.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        options.AddServerHeader = false;
        var limits = options.Limits;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = Headers;
        limits.MaxRequestBodySize = BodyBytes;
        limits.MaxRequestBufferSize = RequestBufferBytes;
        limits.MaxResponseBufferSize = ResponseBufferBytes;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.MinRequestBodyDataRate = LeastRate;
        limits.MinResponseDataRate = LeastRate;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        limits.Http2.MaxRequestHeaderFieldSize = HeaderBytes / 2;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    /// <summary>The same bounds where plain sockets are read and written: the limits above hold for TLS and HTTP/2 only.</summary>
    public static void SetBuffers(SocketTransportOptions options)
    {
        options.MaxReadBufferSize = RequestBufferBytes;
        options.MaxWriteBufferSize = ResponseBufferBytes;
    }

    /// <param name="tls">Of a listener that asks for clients' certificates; null for others.</param>
    public static void UseHttps(ListenOptions listen, ServerCertificate certificate, ClientTls? tls)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = hello =>
            {
                var options = certificate.OptionsFor(hello.ClientHelloInfo.ServerName);
                return ValueTask.FromResult(tls?.OptionsFrom(options) ?? options);
            },
            HandshakeTimeout = TimeSpan.FromSeconds(10),
        });
    }
}
