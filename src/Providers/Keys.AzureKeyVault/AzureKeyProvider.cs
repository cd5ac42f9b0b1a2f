using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Breakwater.Core.Keys;

namespace Breakwater.Keys.AzureKeyVault;

/// <summary>
/// Keys in Azure Key Vault and Managed HSM: RSA keys, and AES keys of a managed HSM. The rights needed are get, wrapKey and unwrapKey (the role Key Vault Crypto
/// Service Encryption User). Wrapping takes no context there, so an inner key does it.
/// </summary>
/// <remarks>
/// <code>wrapped = KeyEnvelope of (algorithm, a space, what the vault gave)</code>
/// https://learn.microsoft.com/rest/api/keyvault/keys/operation-groups
/// </remarks>
public sealed class AzureKeyProvider : IKeyProvider
{
    public const string Type = "azureKeyVault";

    private const string ForRsa = "RSA-OAEP-256", ForAes = "A256KW";

    private readonly KeyStoreEntry _entry;
    private readonly AzureKeyOptions _options;
    private readonly AzureKeyClient _client;

    private AzureKeyProvider(KeyStoreEntry entry, AzureKeyOptions options)
    {
        _entry = entry;
        _options = options;
        _client = new AzureKeyClient(entry, options);
    }

    public string Name => _entry.Name;

    /// <summary>Nothing is asked yet: it may be away while the server starts.</summary>
    /// <exception cref="JsonException">The options cannot be used.</exception>
    public static AzureKeyProvider Open(KeyStoreEntry entry)
    {
        var options = entry.Read<AzureKeyOptions>();
        if (options.Vaults.Count == 0 || options.Vaults.Any(vault => !vault.IsAbsoluteUri || vault.Scheme != Uri.UriSchemeHttps || vault.PathAndQuery != "/"))
            throw new JsonException($"the vaults of '{entry.Name}' must be https addresses without a path.");
        if (new[] { options.ClientSecretFile, options.ClientCertificateFile, options.FederatedTokenFile }.Count(file => file is not null) != 1)
            throw new JsonException($"'{entry.Name}' needs one of clientSecretFile, clientCertificateFile and federatedTokenFile.");
        if (options.AuthorityHost is { } host && host.Scheme != Uri.UriSchemeHttps)
            throw new JsonException($"the authorityHost of '{entry.Name}' must be https.");
        return new AzureKeyProvider(entry, options);
    }

    public KeyReference? TryParse(string identifier) => AzureKeyAddress.TryParse(identifier, _options.Vaults);

    public async Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken)
    {
        var (version, _) = await ReadAsync(key, cancellationToken);
        return AzureKeyAddress.Info(key.Key, version);
    }

    public async Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var (_, algorithm) = await ReadAsync(new KeyReference(version.Key, version.Version), cancellationToken);
        var bytes = await KeyEnvelope.SealAsync(key, context, async inner =>
        {
            var wrapped = await RunAsync(version.Key, version.Version, "wrapkey", algorithm, inner, cancellationToken);
            return [.. Encoding.ASCII.GetBytes(algorithm + " "), .. wrapped];
        });
        return new WrappedKey(version.Key, version.Version, bytes);
    }

    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) => KeyEnvelope.OpenAsync(wrapped.Bytes, context, inner =>
    {
        var algorithm = new[] { ForRsa, ForAes }.FirstOrDefault(name => inner.AsSpan().StartsWith(Encoding.ASCII.GetBytes(name + " "))) ?? throw Damaged(null);
        return RunAsync(wrapped.Key, wrapped.KeyVersion, "unwrapkey", algorithm, inner[(algorithm.Length + 1)..], cancellationToken);
    });

    // Attributes tell of a key that is off or past its time, which wrapping does not always refuse.
    private async Task<(string Version, string Algorithm)> ReadAsync(KeyReference key, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(key.Key, key.Version is null ? "" : $"/{key.Version}", body: null, cancellationToken);
        if (!answer.IsOk)
            throw Refused(answer);
        var version = answer.Find("key", "kid")?.GetString() is { } kid ? AzureKeyAddress.TryParse(kid, _options.Vaults)?.Version : null;
        if (version is null)
            throw KeyUnavailableException.Unreachable($"The key store '{Name}' gives an answer that cannot be read: its key.kid.");
        var now = _entry.Clock.GetUtcNow().ToUnixTimeSeconds();
        if (answer.Find("attributes", "enabled") is { ValueKind: JsonValueKind.False } || answer.Find("attributes", "exp")?.GetInt64() <= now || answer.Find("attributes", "nbf")?.GetInt64() > now)
            throw KeyUnavailableException.Refused($"The key {key.Key}/{version} is disabled, or its time has ended or not begun.");
        var algorithm = answer.Find("key", "kty")?.GetString() switch
        {
            "RSA" or "RSA-HSM" => ForRsa,
            "oct-HSM" => ForAes,
            _ => throw KeyUnavailableException.Refused($"The key {key.Key} is of a type that wraps nothing here. Use an RSA key, or in a managed HSM an AES key of 256 bits."),
        };
        return (version, algorithm);
    }

    private async Task<byte[]> RunAsync(string key, string version, string operation, string algorithm, byte[] value, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(key, $"/{version}/{operation}", new { alg = algorithm, value = Base64Url.EncodeToString(value) }, cancellationToken);
        if (answer.Status == 400 && operation == "unwrapkey")
            throw Damaged(answer.Cause);
        if (!answer.IsOk)
            throw Refused(answer);
        try
        {
            return Base64Url.DecodeFromChars(answer.Find("value")?.GetString() ?? throw new FormatException("there is no value."));
        }
        catch (FormatException e)
        {
            throw KeyUnavailableException.Unreachable($"The key store '{Name}' gives an answer that cannot be read: its value.", e);
        }
    }

    private KeyUnavailableException Refused(AzureAnswer answer) => KeyUnavailableException.Refused($"The key store '{Name}' does not let the key be used ({answer.Status}).", answer.Cause);

    private KeyUnavailableException Damaged(Exception? cause) =>
        new($"A root key cannot be unwrapped by the key store '{Name}': its row was changed, or the store holds another key under the same name.", cause);
}
