using System.Security.Cryptography;

namespace Breakwater.Core.Keys;

/// <summary>AES-256-GCM of a few bytes with a context that is authenticated with them.</summary>
/// <remarks><code>sealed = nonce 12 | ciphertext | tag 16</code></remarks>
public static class BoundSeal
{
    private const int NonceSize = 12, TagSize = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var box = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), context);
        return box;
    }

    /// <returns>Pinned, so that zeroing it leaves no copy.</returns>
    /// <exception cref="CryptographicException">The key, the box or the context is another.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < NonceSize + TagSize)
            throw new CryptographicException("The sealed value was cut short.");
        var plain = GC.AllocateArray<byte>(box.Length - NonceSize - TagSize, pinned: true);
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], plain, context);
        return plain;
    }
}
