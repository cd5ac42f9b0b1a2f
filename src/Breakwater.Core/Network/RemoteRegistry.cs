using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Breakwater.Core.Network;

/// <summary>
/// Reads one repository of a registry elsewhere, over https only. The login is sent to the registry itself when it asks for Basic, and else to the
/// token service that it names, over https; what either gave goes to the registry's own origin alone: redirections are followed without it.
/// </summary>
internal sealed class RemoteRegistry(HttpClient client, string host, string repository, RemoteLogin? login)
{
    private const int MaxRedirects = 5, MaxTokenBytes = 64 * 1024, MaxTokenLength = 16 * 1024;

    private readonly Uri _origin = new($"https://{host}/");
    private AuthenticationHeaderValue? _authorization;

    /// <param name="tail">Below <c>/v2/REPOSITORY/</c>; or an absolute path and query that the registry gave as the next page.</param>
    /// <param name="offset">Ask for the part from there on; null: for all of it.</param>
    /// <returns>Null for 404.</returns>
    /// <exception cref="RemoteException" />
    public async Task<RemoteAnswer?> GetAsync(string tail, IReadOnlyList<string> accept, long? offset, CancellationToken cancellationToken)
    {
        var address = new Uri(_origin, tail.StartsWith('/') ? tail : $"/v2/{repository}/{tail}");
        var response = await FollowAsync(address, accept, offset, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized && await SignInAsync(response, cancellationToken))
        {
            response.Dispose();
            response = await FollowAsync(address, accept, offset, cancellationToken);
        }
        if (response.IsSuccessStatusCode)
            return new RemoteAnswer(response);
        using (response)
            return response.StatusCode == HttpStatusCode.NotFound ? null : throw Refused(response.StatusCode);
    }

    private async Task<HttpResponseMessage> FollowAsync(Uri address, IReadOnlyList<string> accept, long? offset, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            // A server elsewhere must not get what was given for this one.
            var response = await SendAsync(address, IsOwn(address) ? _authorization : null, accept, offset, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return response;
            response.Dispose();
            address = new Uri(address, location);
            RequireHttps(address);
        }
        throw new RemoteException(RemoteFailure.Final, "The source redirects without end.");
    }

    /// <returns>Whether there is something new to try with.</returns>
    private async Task<bool> SignInAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // What was asked elsewhere, after a redirection, is no challenge of the registry.
        if (!IsOwn(response.RequestMessage!.RequestUri!) || RemoteChallenge.Of(response.Headers) is not { } challenge)
            return false;
        if (challenge.IsBasic)
        {
            var isNew = login is not null && _authorization?.Scheme != "Basic";
            _authorization = login?.Header;
            return isNew;
        }
        if (challenge.Realm is not { } realm)
            throw new RemoteException(RemoteFailure.Final, "The source names no token service.");
        RequireHttps(realm);
        _authorization = new AuthenticationHeaderValue("Bearer", await GetTokenAsync(realm, challenge.Service, cancellationToken));
        return true;
    }

    // https://distribution.github.io/distribution/spec/auth/token/
    private async Task<string> GetTokenAsync(Uri realm, string? service, CancellationToken cancellationToken)
    {
        var query = $"scope={Uri.EscapeDataString($"repository:{repository}:pull")}" + (service is null ? "" : $"&service={Uri.EscapeDataString(service)}");
        var address = new UriBuilder(realm) { Query = realm.Query.Length > 1 ? $"{realm.Query[1..]}&{query}" : query, UserName = "", Password = "" }.Uri;
        using var response = await SendAsync(address, login?.Header, ["application/json"], offset: null, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Refused(response.StatusCode);
        var token = TokenOf(await RemoteBody.ReadAsync(response, MaxTokenBytes, cancellationToken));
        return token is { Length: > 0 and <= MaxTokenLength } && token.All(c => c is > ' ' and < '\x7f') ? token : throw new RemoteException(RemoteFailure.Final, "The source's token service gave no token.");
    }

    private static string? TokenOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? TextOf(json, "token") ?? TextOf(json, "access_token") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private async Task<HttpResponseMessage> SendAsync(Uri address, AuthenticationHeaderValue? authorization, IReadOnlyList<string> accept, long? offset, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = authorization;
        if (offset is { } first)
            request.Headers.Range = new RangeHeaderValue(first, null);
        foreach (var type in accept)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RemoteException(RemoteFailure.Passing, "The source gave no answer in time.", e);
        }
        catch (HttpRequestException e)
        {
            throw RemoteProblems.Of(e);
        }
    }

    private bool IsOwn(Uri address) => address.Scheme == Uri.UriSchemeHttps && address.Port == _origin.Port && address.IdnHost.Equals(_origin.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static void RequireHttps(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
            throw new RemoteException(RemoteFailure.Final, "The source leads to an address that is not https.");
    }

    private static RemoteException Refused(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => new RemoteException(RemoteFailure.Unauthorized, "The source refused the credentials, or asks for some."),
        408 or 429 or >= 500 => new RemoteException(RemoteFailure.Passing, $"The source answered {(int)status}."),
        _ => new RemoteException(RemoteFailure.Final, $"The source answered {(int)status}."),
    };
}
