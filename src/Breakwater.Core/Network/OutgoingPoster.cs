using System.Net.Sockets;
using System.Text;

namespace Breakwater.Core.Network;

/// <summary>Sends POSTs past a guard. Whatever goes wrong is an answer too; only cancellation is thrown.</summary>
internal sealed class OutgoingPoster(EgressGuard guard, TimeSpan timeout) : IDisposable
{
    /// <summary>Of an answer's body, bytes. What follows is not read and ends the connection.</summary>
    private const int MaxContent = 4096;

    /// <summary>Of an answer's header, characters.</summary>
    public const int MaxHeaderLength = 256;

    private const int MaxHeaders = 32;

    private readonly HttpClient _client = OutgoingHttp.Create(guard);

    public async Task<OutgoingAnswer> SendAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(timeout);
        try
        {
            using var request = Request(post);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            var (content, isCut) = await ReadAsync(response.Content, time.Token);
            return new OutgoingAnswer((int)response.StatusCode, response.ReasonPhrase ?? "", $"{response.Version}", Headers(response), content) { IsCut = isCut };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OutgoingAnswer.None(504, "Gateway Timeout", $"There was no answer within {timeout.TotalSeconds:0} seconds.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return OutgoingAnswer.None(502, "Bad Gateway", ProblemOf(e));
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(OutgoingPost post)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, post.Target) { Content = new ReadOnlyMemoryContent(post.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", post.ContentType);
        foreach (var (name, value) in post.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<(string Text, bool IsCut)> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var (bytes, length, isWhole) = (new byte[MaxContent], 0, false);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            for (var read = -1; read != 0 && length < MaxContent; length += read)
                read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken);
            isWhole = length < MaxContent;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // The status has been said; the rest is for people who look at the log.
        }
        return (Encoding.UTF8.GetString(bytes, 0, length), !isWhole);
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response) => response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
        .Take(MaxHeaders).GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => Shorten(group.First().Value.ToString()));

    private static string Shorten(string text) => text.Length <= MaxHeaderLength ? text : text[..MaxHeaderLength];

    // What a name resolves to inside is not told: one text for no address and for none that is allowed.
    private static string ProblemOf(Exception e) => e switch
    {
        _ when IsRefused(e) => "The host has no address, or none that webhooks may be sent to. Private networks must be allowed with --webhook-allow.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "The TLS connection failed. Look at the receiver's certificate: the server trusts what its machine trusts.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "The connection could not be made.",
        _ => "The connection broke before there was an answer.",
    };

    private static bool IsRefused(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is AddressRefusedException or HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return true;
        }
        return false;
    }
}
