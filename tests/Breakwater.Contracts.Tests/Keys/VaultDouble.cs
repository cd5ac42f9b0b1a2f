using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Breakwater.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Contracts.Tests.Keys;

/// <summary>What Vault's Transit engine and AppRole answer, with Vault's statuses and words.</summary>
internal sealed class VaultDouble : IAsyncDisposable
{
    public const string Token = "s.file-token", RoleId = "role", SecretId = "secret";

    private readonly Dictionary<string, List<byte[]>> _keys = [];
    private readonly HashSet<string> _tokens = [Token];

    public VaultDouble() => Server = new HttpsDouble(Answer);

    public HttpsDouble Server { get; }

    public bool IsSealed { get; set; }

    public bool DeniesKeys { get; set; }

    public int MinDecryptionVersion { get; set; } = 1;

    public int Logins { get; private set; }

    public int Renewals { get; private set; }

    public int LeaseSeconds { get; set; } = 3600;

    public void AddVersion(string key)
    {
        lock (_keys)
        {
            if (!_keys.TryGetValue(key, out var versions))
                _keys[key] = versions = [];
            versions.Add(RandomNumberGenerator.GetBytes(32));
        }
    }

    public void Remove(string key)
    {
        lock (_keys)
            _keys.Remove(key);
    }

    /// <summary>Every token ends.</summary>
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
            if (IsSealed)
                return Error(503, "Vault is sealed");
            if (request.Headers["X-Vault-Request"] != "true")
                return Error(412, "no X-Vault-Request");
            return request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
            {
                ["v1", "auth", "approle", "login"] => Login(sent!),
                _ when !_tokens.Contains(request.Headers["X-Vault-Token"].ToString()) => Error(403, "permission denied"),
                ["v1", "auth", "token", "renew-self"] => Renew(request.Headers["X-Vault-Token"].ToString()),
                ["v1", "transit", ..] when DeniesKeys => Error(403, "1 error occurred:\n\t* permission denied\n\n"),
                ["v1", "transit", "keys", var name] when request.Method == "GET" => Describe(name),
                ["v1", "transit", "encrypt", var name] => Encrypt(name, sent!),
                ["v1", "transit", "decrypt", var name] => Decrypt(name, sent!),
                _ => Error(404, "no handler for route"),
            };
        }
    }

    private (int, object?) Login(JsonNode sent)
    {
        if ((string?)sent["role_id"] != RoleId || (string?)sent["secret_id"] != SecretId)
            return Error(400, "invalid role or secret ID");
        Logins++;
        var token = $"s.{Guid.NewGuid():N}";
        _tokens.Add(token);
        return Auth(token);
    }

    private (int, object?) Renew(string token)
    {
        Renewals++;
        return Auth(token);
    }

    private (int, object?) Auth(string token) => (200, new { auth = new { client_token = token, lease_duration = LeaseSeconds, renewable = true } });

    private (int, object?) Describe(string name) => _keys.TryGetValue(name, out var versions)
        ? (200, new { data = new { name, type = "aes256-gcm96", latest_version = versions.Count, min_decryption_version = MinDecryptionVersion } })
        : (404, new { errors = Array.Empty<string>() });

    private (int, object?) Encrypt(string name, JsonNode sent)
    {
        if (!_keys.TryGetValue(name, out var versions))
            return Error(400, "encryption key not found");
        var version = (int?)sent["key_version"] ?? versions.Count;
        var box = BoundSeal.Seal(versions[version - 1], Convert.FromBase64String((string)sent["plaintext"]!), Convert.FromBase64String((string)sent["associated_data"]!));
        return (200, new { data = new { ciphertext = $"vault:v{version}:{Convert.ToBase64String(box)}", key_version = version } });
    }

    private (int, object?) Decrypt(string name, JsonNode sent)
    {
        if (!_keys.TryGetValue(name, out var versions))
            return Error(400, "encryption key not found");
        var parts = ((string)sent["ciphertext"]!).Split(':');
        var version = int.Parse(parts[1][1..], null);
        if (version > versions.Count)
            return Error(400, "invalid ciphertext: version is too new");
        if (version < MinDecryptionVersion)
            return Error(400, "ciphertext or signature version is disallowed by policy (too old)");
        try
        {
            var plain = BoundSeal.Open(versions[version - 1], Convert.FromBase64String(parts[2]), Convert.FromBase64String((string)sent["associated_data"]!));
            return (200, new { data = new { plaintext = Convert.ToBase64String(plain) } });
        }
        catch (FormatException)
        {
            return Error(400, "invalid ciphertext: could not decode base64");
        }
        catch (CryptographicException)
        {
            return Error(400, "cipher: message authentication failed");
        }
    }

    private static (int, object?) Error(int status, string text) => (status, new { errors = new[] { text } });
}
