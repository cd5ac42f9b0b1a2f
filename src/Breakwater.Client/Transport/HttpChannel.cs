using Breakwater.Client.Errors;

namespace Breakwater.Client.Transport;

/// <summary>
/// The one way out. It follows no redirections, keeps no cookies, sends credentials over http to this machine only unless told otherwise, waits when
/// it is told to wait, and says in words why there was no answer.
/// </summary>
public sealed class HttpChannel : IDisposable
{
    private const int MaxTries = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly HttpClient http;
    private readonly ConnectionOptions options;
    private readonly TimeProvider clock;

    /// <exception cref="BreakwaterException">The CA file cannot be used.</exception>
    public HttpChannel(ConnectionOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        var handler = new SocketsHttpHandler { Proxy = new HttpsOnlyProxy(HttpClient.DefaultProxy), AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15), AutomaticDecompression = System.Net.DecompressionMethods.All };
        if (options.CaFile is not null)
            handler.SslOptions.CertificateChainPolicy = TrustedAuthorities.Load(options.CaFile);
        http = new HttpClient(handler) { Timeout = options.Timeout };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(options.Product);
    }

    /// <summary>Sends a request; made anew for each try, since a sent one cannot be sent again.</summary>
    /// <param name="request">Its address must be absolute.</param>
    /// <exception cref="BreakwaterException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = request();
            RequireSafe(message.RequestUri!);
            var answer = await SendOnceAsync(message, stop);
            if (attempt == MaxTries || WaitOf(message.Method, answer) is not { } wait)
                return answer;
            answer.Dispose();
            await Task.Delay(wait, clock, stop);
        }
    }

    public void Dispose() => http.Dispose();

    private void RequireSafe(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !options.PlainHttp && !(ServerAddress.TryParse(address.GetLeftPart(UriPartial.Authority), out var server) && server.IsLoopback))
            throw new BreakwaterException(ErrorKind.Invalid, $"{address.Authority} is another machine, and http would show it, and everybody between, your credentials. Nothing was sent.", "Use https, or sign in with --plain-http if the network is yours alone.");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message, CancellationToken stop)
    {
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw NetworkErrors.Explain(message.RequestUri!, e);
        }
    }

    /// <summary>Only what changes nothing is repeated, only when the server says for how long to wait, and not for long.</summary>
    private static TimeSpan? WaitOf(HttpMethod method, HttpResponseMessage answer)
    {
        var wanted = answer.Headers.RetryAfter?.Delta;
        var isRepeatable = (int)answer.StatusCode is 429 or 503 && (method == HttpMethod.Get || method == HttpMethod.Head);
        return isRepeatable && wanted <= LongestWait ? wanted : null;
    }
}
