using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>Requests to one registry's content, each with a token of the scope that it needs.</summary>
public sealed class ContentApi(HttpChannel channel, ServerAddress server, Session session, TimeProvider clock)
{
    public ServerAddress Server => server;

    public ContentTokens Tokens { get; } = new(channel, server, session, clock);

    public async Task<T> GetAsync<T>(string path, string scope, CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, scope, null, stop);
        return await Answers.ReadAsync<T>(answer, stop);
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, string scope, object? body, CancellationToken stop)
    {
        using var answer = await SendAsync(method, path, scope, () => body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options), stop);
        return await Answers.ReadAsync<T>(answer, stop);
    }

    /// <summary>Pages that follow each other by RFC 8288's <c>Link</c>.</summary>
    public async IAsyncEnumerable<T> PagesAsync<T>(string path, string scope, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var next = path; next is not null;)
        {
            using var answer = await SendAsync(HttpMethod.Get, next, scope, null, stop);
            yield return await Answers.ReadAsync<T>(answer, stop);
            next = NextOf(answer);
        }
    }

    /// <summary>Sends and does not look at the status, except that no rights become a refusal.</summary>
    /// <param name="pathOrLink">Of this registry.</param>
    /// <param name="content">Made anew for each try; null sends none.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string pathOrLink, string scope, Func<HttpContent?>? content, CancellationToken stop, params string[] accept)
    {
        var address = new Uri(server.Uri, pathOrLink);
        if (!server.Owns(address))
            throw new BreakwaterException(ErrorKind.Failed, $"{server} points to {address.GetLeftPart(UriPartial.Authority)}, which would get your token. Nothing was sent there.");
        var token = await Tokens.GetAccessAsync(scope, stop);
        var answer = await channel.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(method, address) { Content = content?.Invoke(), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
                foreach (var type in accept)
                    request.Headers.TryAddWithoutValidation("Accept", type);
                return request;
            },
            stop);
        return (int)answer.StatusCode == 401 ? throw await RefusalAsync(answer, scope, stop) : answer;
    }

    // A registry answers 401 where a token lacks the scope, so that docker asks for another one. This one was just asked for: its holder lacks the right.
    private static async Task<BreakwaterException> RefusalAsync(HttpResponseMessage answer, string scope, CancellationToken stop)
    {
        using (answer)
        {
            var error = await AnswerErrors.ReadAsync(answer, stop);
            return new BreakwaterException(ErrorKind.Refused, $"You have no right to {scope.Split(':') switch { [_, var name, var actions] => $"{actions} on {name}", _ => scope }}.", error.DecisionId is { } id ? $"'breakwater why {id}' tells which right is missing." : "Ask an owner for a role that allows it.")
            {
                Code = error.Code,
                Status = error.Status,
                CorrelationId = error.CorrelationId,
                DecisionId = error.DecisionId,
            };
        }
    }

    private static string? NextOf(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Link", out var links) || links.First() is not { } link || !link.Contains("rel=\"next\"", StringComparison.Ordinal))
            return null;
        var (start, end) = (link.IndexOf('<', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
        return start >= 0 && end > start ? link[(start + 1)..end] : null;
    }
}
