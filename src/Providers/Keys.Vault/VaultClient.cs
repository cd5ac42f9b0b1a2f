using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Breakwater.Core.Keys;
using Breakwater.Core.Network;

namespace Breakwater.Keys.Vault;

/// <summary>Sends one request and reads its answer; no answer is a failure of its own.</summary>
internal sealed class VaultClient
{
    private readonly KeyStoreEntry _entry;
    private readonly VaultOptions _options;
    private readonly HttpClient _http;

    public VaultClient(KeyStoreEntry entry, VaultOptions options)
    {
        _entry = entry;
        _options = options;
        _http = OutgoingHttp.Create(entry.Guard, options.Ca is null ? null : entry.PathOf(options.Ca));
    }

    /// <param name="token">Null: the request needs none.</param>
    /// <param name="body">Null: a GET.</param>
    /// <exception cref="KeyUnavailableException"><c>Unreachable</c></exception>
    public async Task<VaultAnswer> SendAsync(string path, string? token, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(_options.Address, "/v1/" + path));
        // Vault's own guard against requests that somebody else makes a client send.
        request.Headers.Add("X-Vault-Request", "true");
        if (token is not null)
            request.Headers.Add("X-Vault-Token", token);
        if (_options.Namespace is { } space)
            request.Headers.Add("X-Vault-Namespace", space);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), new MediaTypeHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return new VaultAnswer((int)response.StatusCode, await OutgoingJson.ReadAsync(response, cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw KeyUnavailableException.Unreachable($"The key store '{_entry.Name}' does not answer.", e);
        }
    }
}
