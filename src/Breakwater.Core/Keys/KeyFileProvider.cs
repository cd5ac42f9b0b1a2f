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
    private const int NonceSize = 12, TagSize = 16;

    private readonly KeyFile _file;

    private KeyFileProvider(KeyFile file) => _file = file;

    public string Name => "file";

    /// <summary>Reads the key file.</summary>
    /// <exception cref="KeyUnavailableException">It is absent, unreadable or malformed.</exception>
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
            throw new KeyUnavailableException($"The key file {path} cannot be read: {e.Message} Without it the stored content cannot be decrypted; restore it from its backup.", e);
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

    public Task<WrappedKey> WrapAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var version = _file.Versions[^1];
        var wrapped = new byte[NonceSize + key.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(version.Key, TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), key.Span, wrapped.AsSpan(NonceSize, key.Length), wrapped.AsSpan(NonceSize + key.Length), context.Span);
        return Task.FromResult(new WrappedKey(version.Version, wrapped));
    }

    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var version = _file.Versions.FirstOrDefault(v => v.Version == wrapped.KeyVersion)
            ?? throw new KeyUnavailableException($"The key file has no version '{wrapped.KeyVersion}'. It belongs to another installation or is too old.");
        if (wrapped.Bytes.Length < NonceSize + TagSize)
            throw new KeyUnavailableException("A root key cannot be unwrapped: its row was cut short. Restore the database from a backup.");
        var key = GC.AllocateArray<byte>(wrapped.Bytes.Length - NonceSize - TagSize, pinned: true);
        try
        {
            using var aes = new AesGcm(version.Key, TagSize);
            var sealedKey = wrapped.Bytes.AsSpan();
            aes.Decrypt(sealedKey[..NonceSize], sealedKey[NonceSize..^TagSize], sealedKey[^TagSize..], key, context.Span);
        }
        catch (CryptographicException e)
        {
            throw new KeyUnavailableException("A root key cannot be unwrapped: the key file belongs to another installation, or the row was changed.", e);
        }
        return Task.FromResult(key);
    }
}
