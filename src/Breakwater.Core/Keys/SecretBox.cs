using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Keys;

/// <summary>Seals secret columns (signing keys, credentials that must be shown again) under the installation's root key.</summary>
/// <remarks><code>sealed = epoch 4 | nonce 12 | ciphertext | tag 16; key = HKDF(root key, info = "bwk/meta/1/" + purpose); additional data = row id</code></remarks>
public sealed class SecretBox(KeyRing keys, Guid installationId)
{
    private const int EpochSize = 4, NonceSize = 12, TagSize = 16, Overhead = EpochSize + NonceSize + TagSize;

    /// <param name="purpose">Table and column, for instance <c>signing_key.private_key</c>: no sealed value fits another column.</param>
    /// <param name="row">The row's id: no sealed value fits another row.</param>
    public async ValueTask<byte[]> SealAsync(string purpose, Guid row, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken)
    {
        var root = await keys.CurrentAsync(installationId, cancellationToken);
        var box = new byte[Overhead + plain.Length];
        BitConverter.TryWriteBytes(box, root.Epoch);
        RandomNumberGenerator.Fill(box.AsSpan(EpochSize, NonceSize));
        using var aes = Cipher(root, purpose);
        aes.Encrypt(box.AsSpan(EpochSize, NonceSize), plain.Span, box.AsSpan(EpochSize + NonceSize, plain.Length), box.AsSpan(box.Length - TagSize), row.ToByteArray());
        return box;
    }

    /// <exception cref="CryptographicException">The value was changed, or belongs to another column or row.</exception>
    public async ValueTask<byte[]> OpenAsync(string purpose, Guid row, ReadOnlyMemory<byte> box, CancellationToken cancellationToken)
    {
        if (box.Length < Overhead)
            throw new CryptographicException("A sealed value is too short.");
        var root = await keys.GetAsync(installationId, BitConverter.ToInt32(box.Span), cancellationToken);
        var plain = new byte[box.Length - Overhead];
        using var aes = Cipher(root, purpose);
        aes.Decrypt(box.Span.Slice(EpochSize, NonceSize), box.Span[(EpochSize + NonceSize)..^TagSize], box.Span[^TagSize..], plain, row.ToByteArray());
        return plain;
    }

    /// <summary>A key of its own for what is not kept in a row. It changes with the root key's epoch, and what it protected is then lost.</summary>
    /// <remarks><code>key = HKDF(root key, info = "bwk/key/1/" + purpose)</code></remarks>
    public async ValueTask<byte[]> DeriveKeyAsync(string purpose, CancellationToken cancellationToken)
    {
        var root = await keys.CurrentAsync(installationId, cancellationToken);
        var key = new byte[RootKey.Size];
        root.Derive([], Encoding.UTF8.GetBytes("bwk/key/1/" + purpose), key);
        return key;
    }

    private static AesGcm Cipher(RootKey root, string purpose)
    {
        Span<byte> key = stackalloc byte[32];
        root.Derive([], Encoding.UTF8.GetBytes("bwk/meta/1/" + purpose), key);
        var aes = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }
}
