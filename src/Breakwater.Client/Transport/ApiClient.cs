using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;

namespace Breakwater.Client.Transport;

/// <summary>JSON to and from one server with the token of one audience: what ARM's and Graph's interfaces have in common.</summary>
public sealed class ApiClient(HttpChannel channel, ServerAddress server, Session session, Audience audience)
{
    public async Task<T> GetAsync<T>(string path, CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, At(path), null, stop);
        return await Answers.ReadAsync<T>(answer, stop);
    }

    /// <summary>The same, with the revision that the server names (<c>ETag</c>, RFC 9110 section 8.8.3); null where it names none.</summary>
    public async Task<(T Value, string? Revision)> GetRevisionAsync<T>(string path, CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, At(path), null, stop);
        return (await Answers.ReadAsync<T>(answer, stop), answer.Headers.ETag?.Tag);
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken stop)
    {
        using var answer = await SendAsync(method, At(path), body, stop);
        return await Answers.ReadAsync<T>(answer, stop);
    }

    /// <summary>For answers without a body.</summary>
    /// <returns>The status.</returns>
    public async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, object? body, CancellationToken stop)
    {
        using var answer = await SendAsync(method, At(path), body, stop);
        await Answers.RequireAsync(answer, stop);
        return answer.StatusCode;
    }

    /// <summary>All entries of a list, page after page.</summary>
    /// <exception cref="BreakwaterException">Among others, when the next page would be another server's.</exception>
    public IAsyncEnumerable<T> ListAsync<T>(string path, CancellationToken stop) => ListAsync<T>(HttpMethod.Get, path, stop);

    /// <summary>The same, where the first page is asked for by POST, as ARM does where a list tells secrets.</summary>
    public IAsyncEnumerable<T> PostListAsync<T>(string path, CancellationToken stop) => ListAsync<T>(HttpMethod.Post, path, stop);

    private async IAsyncEnumerable<T> ListAsync<T>(HttpMethod first, string path, [EnumeratorCancellation] CancellationToken stop)
    {
        var method = first;
        for (var next = At(path); next is not null; method = HttpMethod.Get)
        {
            using var answer = await SendAsync(method, next, null, stop);
            var page = await Answers.ReadAsync<ListPage<T>>(answer, stop);
            foreach (var item in page.Value ?? [])
                yield return item;
            next = page.Next is { } link ? At(link) : null;
        }
    }

    /// <summary>Sends and does not look at the status.</summary>
    /// <param name="ifRevision">Refused with 412 at another one. Null: whichever it is.</param>
    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, object? body, CancellationToken stop, string? ifRevision = null)
    {
        var token = await session.GetTokenAsync(audience, stop);
        return await channel.SendAsync(() => Request(method, address, body, token, ifRevision), stop);
    }

    /// <summary>An address of this server: the token goes nowhere else, whatever an answer says.</summary>
    internal Uri At(string pathOrLink)
    {
        var address = new Uri(server.Uri, pathOrLink);
        return server.Owns(address)
            ? address
            : throw new BreakwaterException(ErrorKind.Failed, $"{server} points to {address.GetLeftPart(UriPartial.Authority)}, which would get your token. Nothing was sent there.", "Check which address the server is reached by.");
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address, object? body, string token, string? ifRevision)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifRevision is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(ifRevision));
        return request;
    }

    private sealed record ListPage<T>(List<T>? Value, string? NextLink)
    {
        [System.Text.Json.Serialization.JsonPropertyName("@odata.nextLink")]
        public string? GraphLink { get; init; }

        public string? Next => NextLink ?? GraphLink;
    }
}
