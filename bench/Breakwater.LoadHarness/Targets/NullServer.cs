using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Breakwater.LoadHarness.Targets;

/// <summary>
/// The smallest thing that answers like a registry: it remembers manifests and the lengths of blobs, and serves zeros. One blocking thread
/// per connection.
/// </summary>
internal sealed class NullServer(X509Certificate2? certificate)
{
    public const string Command = "null-server";

    private readonly ConcurrentDictionary<string, byte[]> _manifests = [];
    private readonly ConcurrentDictionary<string, long> _blobs = [];
    private readonly ConcurrentDictionary<string, long> _uploads = [];
    private readonly byte[] _zeros = new byte[1024 * 1024];

    public static void Run(string[] arguments)
    {
        var certificate = arguments.Length > 2 ? X509Certificate2.CreateFromPemFile(arguments[1], arguments[2]) : null;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(arguments[0], provider: null)));
        listener.Listen(512);
        var server = new NullServer(certificate);
        while (true)
        {
            var socket = listener.Accept();
            new Thread(() => server.Serve(socket), 256 * 1024) { IsBackground = true }.Start();
        }
    }

    private void Serve(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            using var plain = new NetworkStream(socket, ownsSocket: true);
            using var stream = certificate is null ? (Stream)plain : Secure(plain);
            var requests = new NullRequestReader(stream);
            while (requests.Next() is { } request)
                Answer(stream, request);
        }
        catch (IOException)
        {
            // The client left.
        }
    }

    private SslStream Secure(Stream plain)
    {
        var secure = new SslStream(plain);
        secure.AuthenticateAsServer(certificate!);
        return secure;
    }

    private void Answer(Stream stream, NullRequest request)
    {
        var key = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        if (request.Path.Contains("/manifests/", StringComparison.Ordinal))
            AnswerManifest(stream, request);
        else if (request.Path.Contains("/uploads/", StringComparison.Ordinal))
            AnswerUpload(stream, request, key);
        else if (!request.Path.Contains("/blobs/", StringComparison.Ordinal))
            Write(stream, 200, "", "{}"u8);
        else if (_blobs.TryGetValue(key, out var length))
            WriteZeros(stream, length, request.Method == "HEAD");
        else
            Write(stream, 404, "", default);
    }

    private void AnswerManifest(Stream stream, NullRequest request)
    {
        if (request.Method == "PUT")
        {
            _manifests[request.Path] = request.Body;
            _manifests[request.Path[..request.Path.LastIndexOf('/')] + "/" + Registry.ImageManifest.DigestOf(request.Body)] = request.Body;
            Write(stream, 201, "", default);
        }
        else if (_manifests.TryGetValue(request.Path, out var body))
            Write(stream, 200, "", body, request.Method == "HEAD");
        else
            Write(stream, 404, "", default);
    }

    private void AnswerUpload(Stream stream, NullRequest request, string key)
    {
        if (request.Method == "POST")
        {
            Write(stream, 202, $"Location: {request.Path}{Guid.NewGuid():N}\r\n", default);
            return;
        }

        var upload = key.Split('?')[0];
        var length = _uploads.AddOrUpdate(upload, request.BodyLength, (_, before) => before + request.BodyLength);
        if (request.Method == "PUT")
            _blobs[key[(key.IndexOf("digest=", StringComparison.Ordinal) + "digest=".Length)..]] = length;
        Write(stream, request.Method == "PUT" ? 201 : 202, $"Location: {request.Path}\r\n", default);
    }

    private void WriteZeros(Stream stream, long length, bool isHead)
    {
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"));
        for (var left = isHead ? 0 : length; left > 0; left -= Math.Min(left, _zeros.Length))
            stream.Write(_zeros.AsSpan(0, (int)Math.Min(left, _zeros.Length)));
    }

    private static void Write(Stream stream, int status, string headers, ReadOnlySpan<byte> body, bool isHead = false)
    {
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} -\r\n{headers}Content-Length: {body.Length}\r\n\r\n");
        stream.Write(isHead ? head : [.. head, .. body]);
    }
}
