using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Testing.Images;

namespace Breakwater.Testing.Registry;

/// <summary>A thin client of the distribution protocol: it does what a test says, and retries, follows and hides nothing.</summary>
public sealed class RegistryClient : IDisposable
{
    private readonly HttpClient http;

    /// <param name="address">Scheme, host and port.</param>
    /// <param name="user">Null to send no credentials.</param>
    /// <param name="password">The user's password.</param>
    /// <param name="authority">The only certificate authority to trust; null for plain HTTP.</param>
    public RegistryClient(Uri address, string? user, string? password, X509Certificate2? authority = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 64 };
        if (authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { authority },
            };
            handler.SslOptions.EnabledSslProtocols = System.Security.Authentication.SslProtocols.None;
            handler.SslOptions.EncryptionPolicy = EncryptionPolicy.RequireEncryption;
        }
        http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        if (user is not null)
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public Uri Address => http.BaseAddress!;

    /// <summary>What every request carries unless it says otherwise.</summary>
    public AuthenticationHeaderValue? Authorization
    {
        get => http.DefaultRequestHeaders.Authorization;
        set => http.DefaultRequestHeaders.Authorization = value;
    }

    public TimeSpan Timeout
    {
        get => http.Timeout;
        set => http.Timeout = value;
    }

    public Task<RegistryReply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, null, headers);

    public Task<RegistryReply> HeadAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Head, path, null, null, headers);

    public Task<RegistryReply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Sends one request and reads the whole answer.</summary>
    /// <param name="method">The verb.</param>
    /// <param name="path">Absolute path and query, or an absolute address, as a <c>Location</c> may be.</param>
    /// <param name="body">Null sends none, with <c>Content-Length: 0</c> where the verb has a body.</param>
    /// <param name="contentType">The body's media type.</param>
    /// <param name="headers">Sent as they are.</param>
    public async Task<RegistryReply> SendAsync(
        HttpMethod method, string path, byte[]? body = null, string? contentType = null, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, body, contentType, headers);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new RegistryReply(answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Sends a body of unknown length (chunked transfer).</summary>
    public async Task<RegistryReply> SendStreamAsync(HttpMethod method, string path, Stream body, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, null, null, headers);
        request.Content = new StreamContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType.Octets);
        if (!body.CanSeek)
            request.Headers.TransferEncodingChunked = true;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new RegistryReply(answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Sends one request and returns as soon as the head of the answer is there.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) =>
        http.SendAsync(new HttpRequestMessage(HttpMethod.Get, Resolve(path)), HttpCompletionOption.ResponseHeadersRead);

    private HttpRequestMessage Request(HttpMethod method, string path, byte[]? body, string? contentType, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, Resolve(path)) { Version = HttpVersion.Version11 };
        if (body is not null || method == HttpMethod.Post || method == HttpMethod.Put || method == HttpMethod.Patch)
            request.Content = new ByteArrayContent(body ?? []);
        if (contentType is not null)
            request.Content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    // Dots and escapes in a path are part of some tests: they must reach the server as written.
    private Uri Resolve(string path)
    {
        var text = path.StartsWith("http", StringComparison.Ordinal) ? path : $"{Address.Scheme}://{Address.Authority}{path}";
        return new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    public void Dispose() => http.Dispose();
}
