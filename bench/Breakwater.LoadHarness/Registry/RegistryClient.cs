using System.Text;
using Breakwater.LoadHarness.Http;

namespace Breakwater.LoadHarness.Registry;

/// <summary>
/// The requests of a registry client over one connection. Every call checks status and length; request heads that repeat are built once.
/// </summary>
internal sealed class RegistryClient(Endpoint endpoint, string? authorization) : IDisposable
{
    private readonly HttpConnection _connection = new(endpoint);
    private readonly Dictionary<(string Method, string Path), byte[]> _heads = [];

    public HttpReply Get(string path, BodyMode mode = BodyMode.Discard) => Read("GET", path, mode);

    public HttpReply Head(string path) => Read("HEAD", path, BodyMode.Discard);

    public bool HasBlob(string repository, string digest) => Exists($"/v2/{repository}/blobs/{digest}");

    public bool HasManifest(string repository, string tag) => Exists($"/v2/{repository}/manifests/{tag}");

    /// <summary>POST, then PUT with the whole body.</summary>
    public void PushWhole(string repository, UniqueBlob blob)
    {
        var location = StartUpload(repository);
        Send("PUT", WithDigest(location, blob.Digest), OctetStreamOf(blob.SizeBytes), blob.Shared.Span, blob.Own.Span).Expect(201, "PUT of a blob");
    }

    /// <summary>POST, PATCH in chunks of the given size, then an empty PUT: what docker does, with one chunk the size of the blob.</summary>
    public void PushChunked(string repository, UniqueBlob blob, int chunkBytes)
    {
        var location = StartUpload(repository);
        for (long sent = 0; sent < blob.SizeBytes;)
        {
            var length = (int)Math.Min(chunkBytes, blob.SizeBytes - sent);
            var (body, bodyEnd) = Slice(blob, sent, length);
            var headers = $"Content-Range: {sent}-{sent + length - 1}\r\n" + OctetStreamOf(length);
            location = LocationOf(Send("PATCH", location, headers, body, bodyEnd).Expect(202, "PATCH of an upload"));
            sent += length;
        }

        Send("PUT", WithDigest(location, blob.Digest), "Content-Length: 0\r\n", default, default).Expect(201, "PUT that ends an upload");
    }

    public void Mount(string repository, string digest, string from) =>
        Send("POST", $"/v2/{repository}/blobs/uploads/?mount={digest}&from={from}", "Content-Length: 0\r\n", default, default)
            .Expect(201, "mount of a blob");

    public void PutManifest(string repository, string reference, ImageManifest manifest)
    {
        var headers = $"Content-Type: {MediaTypes.ImageManifest}\r\nContent-Length: {manifest.Json.Length}\r\n";
        Send("PUT", $"/v2/{repository}/manifests/{reference}", headers, manifest.Json, default).Expect(201, "PUT of a manifest");
    }

    /// <summary>Of a resource of the management plane.</summary>
    public void Patch(string path, byte[] json) =>
        Send("PATCH", path, $"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n", json, default).Expect(200, "PATCH of a resource");

    public HttpReply Control(string method, string path, string headers, BodyMode mode) =>
        _connection.Exchange(BuildHead(method, path, headers), default, default, mode, isHead: method == "HEAD");

    public void Dispose() => _connection.Dispose();

    private bool Exists(string path) =>
        Control("HEAD", path, $"Accept: {MediaTypes.ImageManifest}\r\n", BodyMode.Discard).Status == 200;

    private HttpReply Read(string method, string path, BodyMode mode)
    {
        if (!_heads.TryGetValue((method, path), out var head))
            _heads[(method, path)] = head = BuildHead(method, path, $"Accept: {MediaTypes.ImageManifest}, */*\r\n");
        return _connection.Exchange(head, default, default, mode, isHead: method == "HEAD").Expect(200, $"{method} {path}");
    }

    private string StartUpload(string repository) =>
        LocationOf(Send("POST", $"/v2/{repository}/blobs/uploads/", "Content-Length: 0\r\n", default, default).Expect(202, "POST of an upload"));

    private HttpReply Send(string method, string path, string headers, ReadOnlySpan<byte> body, ReadOnlySpan<byte> bodyEnd) =>
        _connection.Exchange(BuildHead(method, path, headers), body, bodyEnd, BodyMode.Discard, isHead: false);

    private byte[] BuildHead(string method, string path, string headers)
    {
        var authorizationLine = authorization is null ? "" : $"Authorization: {authorization}\r\n";
        return Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nUser-Agent: breakwater-load-harness\r\n{authorizationLine}{headers}\r\n");
    }

    private static string OctetStreamOf(long length) => $"Content-Type: {MediaTypes.OctetStream}\r\nContent-Length: {length}\r\n";

    private static string WithDigest(string location, string digest) => $"{location}{(location.Contains('?') ? '&' : '?')}digest={digest}";

    private static string LocationOf(HttpReply reply)
    {
        var location = reply.Headers.Location ?? throw new HarnessException("An upload answer has no Location.");
        return location.StartsWith('/') ? location : new Uri(location).PathAndQuery;
    }

    private static Slices Slice(UniqueBlob blob, long from, int length)
    {
        var shared = from >= blob.Shared.Length ? 0 : (int)Math.Min(length, blob.Shared.Length - from);
        var body = shared == 0 ? default : blob.Shared.Span.Slice((int)from, shared);
        var own = length - shared;
        return new Slices(body, own == 0 ? default : blob.Own.Span.Slice((int)(from + shared - blob.Shared.Length), own));
    }

    private readonly ref struct Slices(ReadOnlySpan<byte> body, ReadOnlySpan<byte> bodyEnd)
    {
        private readonly ReadOnlySpan<byte> _body = body;
        private readonly ReadOnlySpan<byte> _bodyEnd = bodyEnd;

        public void Deconstruct(out ReadOnlySpan<byte> body, out ReadOnlySpan<byte> bodyEnd)
        {
            body = _body;
            bodyEnd = _bodyEnd;
        }
    }
}
