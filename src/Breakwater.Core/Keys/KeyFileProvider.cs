using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Keys;

/// <summary>
/// The service-managed default: AES-256 keys in one file that only the owner may read. Beside the data it protects discarded disks
/// and backups; on another volume, or a secret mount, it protects the data as well.
/// </summary>
/// <remarks>
/// <code>
/// { "versions": [ { "version": "k1", "key": "base64, 32 bytes" } ] }     the last one wraps
/// wrapped = nonce 12 | ciphertext 32 | tag 16, additional data = context
/// </code>
/// </remarks>
public sealed class KeyFileProvider : IKeyProvider
{
    /// <summary>The identifier of the one key of the file.</summary>
    public const string ServiceKey = "local:service";

    private readonly KeyFile _file;

    private KeyFileProvider(KeyFile file) => _file = file;

    public string Name => "file";

    /// <summary>Reads the key file.</summary>
    /// <exception cref="KeyUnavailableException"><c>Unreachable</c>: it is absent or cannot be read; <c>Damaged</c>: it is malformed.</exception>
    public static KeyFileProvider Open(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyFileJson.Default.KeyFile);
            if (file?.Versions is not { Count: > 0 } versions || versions.Any(v => v.Key?.Length != 32))
                throw new KeyUnavailableException($"The key file {path} holds no usable key. Restore it from its backup.");
            return new KeyFileProvider(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new KeyUnavailableException(
                $"The key file {path} cannot be read: {e.Message} Without it the stored content cannot be decrypted; restore it from its backup.", e, e is JsonException ? KeyFailure.Damaged : KeyFailure.Unreachable);
        }
    }

    /// <summary>Creates a key file with one new key; never replaces one. It appears whole: a start that is cut off leaves none that is half written.</summary>
    /// <exception cref="IOException">There is one, or it cannot be written.</exception>
    public static void Create(string path)
    {
        if (File.Exists(path))
            throw new IOException($"The key file {path} exists already.");
        var file = new KeyFile([new KeyVersion("k1", RandomNumberGenerator.GetBytes(32))]);
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(file, KeyFileJson.Default.KeyFile));
    }

    /// <summary>The newest version, which wraps.</summary>
    public KeyVersionInfo Current => Info(_file.Versions[^1].Version);

    public KeyReference? TryParse(string identifier) => identifier == ServiceKey ? new KeyReference(ServiceKey, null) : null;

    public Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken) => Task.FromResult(Current);

    public Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) =>
        Task.FromResult(new WrappedKey(ServiceKey, version.Version, BoundSeal.Seal(Find(version.Version).Key, key.Span, context.Span)));

    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(BoundSeal.Open(Find(wrapped.KeyVersion).Key, wrapped.Bytes, context.Span));
        }
        catch (CryptographicException e)
        {
            throw new KeyUnavailableException("A root key cannot be unwrapped: the key file belongs to another installation, or the row was changed. Restore the file or the database from a backup.", e);
        }
    }

    private KeyVersion Find(string version) => _file.Versions.FirstOrDefault(v => v.Version == version)
        ?? throw KeyUnavailableException.Refused($"The key file has no version '{version}'. It belongs to another installation or is too old.");

    private static KeyVersionInfo Info(string version) => new(ServiceKey, version, $"{ServiceKey}/{version}");
}
