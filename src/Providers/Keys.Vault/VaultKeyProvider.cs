using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Core.Keys;

namespace Breakwater.Keys.Vault;

/// <summary>
/// Keys in the Transit engine of HashiCorp Vault or OpenBao: of type aes256-gcm96 (or another that takes associated data), which never leave it. The right
/// needed is update on <c>encrypt/NAME</c> and <c>decrypt/NAME</c> and read on <c>keys/NAME</c>.
/// </summary>
/// <remarks>
/// <code>wrapped = Transit's text, vault:v3:…</code>
/// https://developer.hashicorp.com/vault/api-docs/secret/transit
/// </remarks>
public sealed partial class VaultKeyProvider : IKeyProvider
{
    public const string Type = "vault";

    private readonly KeyStoreEntry _entry;
    private readonly VaultOptions _options;
    private readonly VaultKeyAddress _address;
    private readonly VaultSession _session;

    private VaultKeyProvider(KeyStoreEntry entry, VaultOptions options)
    {
        _entry = entry;
        _options = options;
        _address = new VaultKeyAddress(options);
        _session = new VaultSession(entry, options, new VaultClient(entry, options));
    }

    [GeneratedRegex("^vault:v([1-9][0-9]{0,8}):[A-Za-z0-9+/=]+$")]
    private static partial Regex Ciphertext { get; }

    [GeneratedRegex("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")]
    private static partial Regex MountPath { get; }

    public string Name => _entry.Name;

    /// <summary>Nothing is asked yet: it may be away while the server starts.</summary>
    /// <exception cref="JsonException">The options cannot be used.</exception>
    public static VaultKeyProvider Open(KeyStoreEntry entry)
    {
        var options = entry.Read<VaultOptions>();
        if (options.Address.Scheme != Uri.UriSchemeHttps || options.Address.PathAndQuery != "/")
            throw new JsonException($"the address of '{entry.Name}' must be https and have no path.");
        if (!MountPath.IsMatch(options.Mount) || !MountPath.IsMatch(options.AppRoleMount))
            throw new JsonException($"a mount of '{entry.Name}' is no path of letters, digits, '-' and '_'.");
        if (options.TokenFile is null ? options.RoleId is null || options.SecretIdFile is null : options.RoleId is not null || options.SecretIdFile is not null)
            throw new JsonException($"'{entry.Name}' needs either a tokenFile, or a roleId and a secretIdFile.");
        return new VaultKeyProvider(entry, options);
    }

    public KeyReference? TryParse(string identifier) => _address.TryParse(identifier);

    public async Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken)
    {
        var answer = await AskAsync($"keys/{_address.NameOf(key.Key)}", body: null, cancellationToken);
        var newest = Number(answer, "latest_version");
        var version = key.Version is null ? newest : int.Parse(key.Version, CultureInfo.InvariantCulture);
        return version <= newest && version >= Number(answer, "min_decryption_version")
            ? VaultKeyAddress.Info(key.Key, version)
            : throw KeyUnavailableException.Refused($"The key store '{Name}' has no version {version} of {key.Key}, or lets it decrypt no more.");
    }

    public async Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var body = new
        {
            plaintext = Convert.ToBase64String(key.Span),
            associated_data = Convert.ToBase64String(context.Span),
            key_version = int.Parse(version.Version, CultureInfo.InvariantCulture),
        };
        var text = Text(await AskAsync($"encrypt/{_address.NameOf(version.Key)}", body, cancellationToken), "ciphertext");
        return Ciphertext.Match(text) is { Success: true } match && match.Groups[1].Value == version.Version
            ? new WrappedKey(version.Key, version.Version, Encoding.ASCII.GetBytes(text))
            : throw KeyUnavailableException.Unreachable($"The key store '{Name}' wrapped by another version than was asked for.");
    }

    public async Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var text = Encoding.ASCII.GetString(wrapped.Bytes);
        if (Ciphertext.Match(text) is not { Success: true } match || match.Groups[1].Value != wrapped.KeyVersion)
            throw Damaged(null);
        var body = new { ciphertext = text, associated_data = Convert.ToBase64String(context.Span) };
        var plain = Text(await AskAsync($"decrypt/{_address.NameOf(wrapped.Key)}", body, cancellationToken), "plaintext");
        var key = GC.AllocateArray<byte>(plain.Length / 4 * 3, pinned: true);
        return Convert.TryFromBase64String(plain, key, out var length) ? key[..length] : throw Damaged(null);
    }

    /// <summary>Vault says no by 403, and by 400 or 404 of a key that is not there; 400 is also a ciphertext that does not authenticate.</summary>
    private async Task<VaultAnswer> AskAsync(string path, object? body, CancellationToken cancellationToken)
    {
        var answer = await _session.SendAsync($"{_options.Mount}/{path}", body, cancellationToken);
        return answer.Status switch
        {
            >= 200 and < 300 => answer,
            403 or 404 or 405 => throw Refused(answer),
            400 when IsDamage(answer) => throw Damaged(answer.Cause),
            400 => throw Refused(answer),
            _ => throw KeyUnavailableException.Unreachable($"The key store '{Name}' answers {answer.Status}.", answer.Cause),
        };
    }

    private static bool IsDamage(VaultAnswer answer) =>
        answer.Errors.Contains("message authentication failed", StringComparison.Ordinal) || answer.Errors.Contains("invalid ciphertext", StringComparison.Ordinal);

    private int Number(VaultAnswer answer, string name) => Read(answer, name, value => value.GetInt32());

    private string Text(VaultAnswer answer, string name) => Read(answer, name, value => value.GetString() ?? throw new JsonException("it is null."));

    private T Read<T>(VaultAnswer answer, string name, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer.Data(name));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw KeyUnavailableException.Unreachable($"The key store '{Name}' gives an answer that cannot be read: its {name}.", e);
        }
    }

    private KeyUnavailableException Refused(VaultAnswer answer) => KeyUnavailableException.Refused($"The key store '{Name}' does not let the key be used ({answer.Status}).", answer.Cause);

    private KeyUnavailableException Damaged(Exception? cause) =>
        new($"A root key cannot be unwrapped by the key store '{Name}': its row was changed, or the store holds another key under the same name.", cause);
}
