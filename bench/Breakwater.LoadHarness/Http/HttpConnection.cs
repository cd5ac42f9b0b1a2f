using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Breakwater.LoadHarness.Http;

/// <summary>
/// One keep-alive HTTP/1.1 connection on a blocking socket. It knows Content-Length and chunked bodies and nothing else, so that one core
/// drives far more requests and bytes than any registry answers from one.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int BufferBytes = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Stream _stream;
    private readonly ResponseReader _reader;

    public HttpConnection(Endpoint endpoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        socket.Connect(IPAddress.Loopback, endpoint.Port);
        var plain = new NetworkStream(socket, ownsSocket: true);
        _stream = endpoint.Tls ? Secure(plain) : plain;
        _reader = new ResponseReader(_stream, BufferBytes);
    }

    public HttpReply Exchange(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ReadOnlySpan<byte> bodyEnd, BodyMode mode, bool isHead)
    {
        if (body.Length + bodyEnd.Length <= 16 * 1024)
            WriteJoined(head, body, bodyEnd);
        else
        {
            _stream.Write(head);
            _stream.Write(body);
            _stream.Write(bodyEnd);
        }

        return _reader.Read(mode, isHead);
    }

    public void Dispose() => _stream.Dispose();

    private void WriteJoined(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ReadOnlySpan<byte> bodyEnd)
    {
        if (body.IsEmpty && bodyEnd.IsEmpty)
        {
            _stream.Write(head);
            return;
        }

        Span<byte> joined = stackalloc byte[head.Length + body.Length + bodyEnd.Length];
        head.CopyTo(joined);
        body.CopyTo(joined[head.Length..]);
        bodyEnd.CopyTo(joined[(head.Length + body.Length)..]);
        _stream.Write(joined);
    }

    private static SslStream Secure(Stream plain)
    {
        var secure = new SslStream(plain);
        secure.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            // Both servers make up a certificate for each run; what is measured is the cipher, not the trust.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            // The cipher that Go clients (docker, podman, skopeo) negotiate; fixed, so that both servers do the same work.
            CipherSuitesPolicy = new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256]),
        });
        return secure;
    }
}
