using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Contracts.Tests.Keys;

/// <summary>What Azure Key Vault, or a managed HSM, and Entra ID answer. https://learn.microsoft.com/rest/api/keyvault/keys/operation-groups</summary>
internal sealed class AzureDouble : IAsyncDisposable
{
    public const string Tenant = "11111111-1111-1111-1111-111111111111", Client = "22222222-2222-2222-2222-222222222222", Secret = "application-secret";

    private readonly Dictionary<string, List<(string Version, RSA Key)>> _keys = [];
    private readonly HashSet<string> _tokens = [];

    public AzureDouble() => Server = new HttpsDouble(Answer);

    public HttpsDouble Server { get; }

    public bool Forbids { get; set; }

    public bool IsDisabled { get; set; }

    public bool RefusesSignIn { get; set; }

    public bool IsBusy { get; set; }

    public int SignIns { get; private set; }

    /// <summary>The resource that tokens are asked for; a vault's own is its address.</summary>
    public string? Resource { get; set; }

    public async Task StartAsync()
    {
        await Server.StartAsync();
        Server.Challenge = $"Bearer authorization=\"{Server.Address}/{Tenant}\", resource=\"{Resource ?? Server.Address}\"";
    }

    public void AddVersion(string key)
    {
        lock (_keys)
        {
            if (!_keys.TryGetValue(key, out var versions))
                _keys[key] = versions = [];
            versions.Add((Guid.NewGuid().ToString("N"), RSA.Create(2048)));
        }
    }

    /// <summary>Another key, under the same version.</summary>
    public void Exchange(string key)
    {
        lock (_keys)
            _keys[key] = [.. _keys[key].Select(version => (version.Version, RSA.Create(2048)))];
    }

    public void ForgetTokens()
    {
        lock (_keys)
            _tokens.Clear();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private (int, object?) Answer(HttpRequest request, JsonNode? sent)
    {
        lock (_keys)
        {
            if (IsBusy)
                return Error(429, "Throttled", "Too many requests.");
            return request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
            {
                [Tenant, "oauth2", "v2.0", "token"] => SignIn(request.Form),
                _ when !_tokens.Contains(request.Headers.Authorization.ToString()) => sent is null ? (401, null) : Error(401, "Unauthorized", "A body came without a token."),
                ["keys", ..] when Forbids => Error(403, "Forbidden", "Caller is not authorized to perform action on resource."),
                ["keys", var name] when request.Method == "GET" => Describe(name, null),
                ["keys", var name, var version] when request.Method == "GET" => Describe(name, version),
                ["keys", var name, var version, var operation] => Use(name, version, operation, sent!),
                _ => Error(404, "NotFound", "No such thing."),
            };
        }
    }

    private (int, object?) SignIn(IFormCollection form)
    {
        if (RefusesSignIn || form["client_id"] != Client || form["client_secret"] != Secret || form["scope"] != Server.Address + "/.default")
            return (401, new { error = "invalid_client", error_description = "AADSTS7000215: Invalid client secret provided.", error_codes = new[] { 7000215 } });
        SignIns++;
        var token = Guid.NewGuid().ToString("N");
        _tokens.Add("Bearer " + token);
        return (200, new { token_type = "Bearer", expires_in = 3600, ext_expires_in = 3600, access_token = token });
    }

    private (int, object?) Describe(string name, string? version)
    {
        if (Find(name, version) is not { } found)
            return Error(404, "KeyNotFound", "A key with (name/id) was not found in this key vault.");
        return (200, new { key = new { kid = $"{Server.Address}/keys/{name}/{found.Version}", kty = "RSA", key_ops = new[] { "wrapKey", "unwrapKey" } }, attributes = new { enabled = !IsDisabled } });
    }

    private (int, object?) Use(string name, string version, string operation, JsonNode sent)
    {
        if (Find(name, version) is not { } found)
            return Error(404, "KeyNotFound", "A key with (name/id) was not found in this key vault.");
        if (IsDisabled)
            return Error(403, "Forbidden", "Operation is not permitted on this key.");
        if ((string?)sent["alg"] != "RSA-OAEP-256")
            return Error(400, "BadParameter", "Invalid algorithm.");
        try
        {
            var value = Base64Url.DecodeFromChars((string)sent["value"]!);
            var result = operation == "wrapkey" ? found.Key.Encrypt(value, RSAEncryptionPadding.OaepSHA256) : found.Key.Decrypt(value, RSAEncryptionPadding.OaepSHA256);
            return (200, new { kid = $"{Server.Address}/keys/{name}/{version}", value = Base64Url.EncodeToString(result) });
        }
        catch (CryptographicException)
        {
            return Error(400, "BadParameter", "The parameter is incorrect.");
        }
    }

    private (string Version, RSA Key)? Find(string name, string? version)
    {
        if (!_keys.TryGetValue(name, out var versions))
            return null;
        return version is null ? versions[^1] : versions.Where(one => one.Version == version).Select(one => ((string, RSA)?)one).FirstOrDefault();
    }

    private static (int, object?) Error(int status, string code, string message) => (status, new { error = new { code, message } });
}
