using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Breakwater.Core.Keys;
using Breakwater.Core.Network;

namespace Breakwater.Keys.AzureKeyVault;

/// <summary>Sends requests to vaults with the token that each of them asks for.</summary>
internal sealed class AzureKeyClient
{
    private const string ApiVersion = "?api-version=7.4";

    private readonly KeyStoreEntry _entry;
    private readonly HttpClient _http;
    private readonly AzureSignIn _signIn;

    // By vault, from its challenge.
    private readonly ConcurrentDictionary<string, string> _scopes = new(StringComparer.OrdinalIgnoreCase);

    public AzureKeyClient(KeyStoreEntry entry, AzureKeyOptions options)
    {
        _entry = entry;
        _http = OutgoingHttp.Create(entry.Guard, options.Ca is null ? null : entry.PathOf(options.Ca));
        _signIn = new AzureSignIn(entry, options, _http);
    }

    /// <param name="body">Null: a GET.</param>
    /// <exception cref="KeyUnavailableException"><c>Unreachable</c>: no answer, or one that asks to come again; <c>Refused</c>: nobody may sign in.</exception>
    public async Task<AzureAnswer> SendAsync(string key, string operation, object? body, CancellationToken cancellationToken)
    {
        var target = new Uri($"{key}{operation}{ApiVersion}");
        for (var attempt = 0; ; attempt++)
        {
            var token = _scopes.TryGetValue(target.Authority, out var scope) ? await _signIn.TokenAsync(scope, cancellationToken) : null;
            // The first request only asks which token is wanted, so it carries nothing.
            var (answer, challenge) = await SendOnceAsync(target, token, token is null ? null : body, body is null, cancellationToken);
            if (answer.Status != (int)HttpStatusCode.Unauthorized)
                return token is null && body is not null ? throw KeyUnavailableException.Unreachable($"The key store '{_entry.Name}' asks for no token.") : answer;
            if (attempt == 1 && token is not null)
                return answer;
            if (token is not null)
                _signIn.Forget();
            _scopes[target.Authority] = AzureChallenge.ScopeOf(challenge, target)
                ?? throw KeyUnavailableException.Refused($"The key store '{_entry.Name}' asks for a token that is not for it.");
        }
    }

    private async Task<(AzureAnswer, string Challenge)> SendOnceAsync(Uri target, string? token, object? body, bool isGet, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(isGet ? HttpMethod.Get : HttpMethod.Post, target);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType());
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = new AzureAnswer((int)response.StatusCode, await OutgoingJson.ReadAsync(response, cancellationToken));
            if (answer.Status is 408 or 409 or 429 or >= 500)
                throw KeyUnavailableException.Unreachable($"The key store '{_entry.Name}' answers {answer.Status}.", answer.Cause);
            return (answer, response.Headers.WwwAuthenticate.ToString());
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw KeyUnavailableException.Unreachable($"The key store '{_entry.Name}' does not answer.", e);
        }
    }
}
