using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Breakwater.Core.Keys;

/// <summary>
/// For key stores whose wrapping takes no context (RSA, AES key wrap): the store wraps a random inner key, and the inner key seals the root key with the
/// context. A wrapped key then fits no other row, as with stores that do it themselves.
/// </summary>
/// <remarks><code>bytes = length of the store's own 2, big endian | the store's own | BoundSeal of the root key under the inner key</code></remarks>
public static class KeyEnvelope
{
    private const int InnerSize = 32;

    /// <param name="wrap">Wraps the inner key at the store.</param>
    public static async Task<byte[]> SealAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, Func<byte[], Task<byte[]>> wrap)
    {
        var inner = GC.AllocateArray<byte>(InnerSize, pinned: true);
        RandomNumberGenerator.Fill(inner);
        try
        {
            return Join(await wrap(inner), BoundSeal.Seal(inner, key.Span, context.Span));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(inner);
        }
    }

    /// <param name="unwrap">Unwraps the inner key at the store.</param>
    /// <exception cref="KeyUnavailableException"><c>Damaged</c>: the row or its context is another; or what <paramref name="unwrap"/> throws.</exception>
    public static async Task<byte[]> OpenAsync(byte[] bytes, ReadOnlyMemory<byte> context, Func<byte[], Task<byte[]>> unwrap)
    {
        if (bytes.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(bytes) is var length && bytes.Length < 2 + length)
            throw Damaged(null);
        var inner = await unwrap(bytes[2..(2 + length)]);
        try
        {
            return inner.Length == InnerSize ? BoundSeal.Open(inner, bytes.AsSpan(2 + length), context.Span) : throw Damaged(null);
        }
        catch (CryptographicException e)
        {
            throw Damaged(e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(inner);
        }
    }

    private static byte[] Join(byte[] wrapped, byte[] box)
    {
        var bytes = new byte[2 + wrapped.Length + box.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)wrapped.Length));
        wrapped.CopyTo(bytes, 2);
        box.CopyTo(bytes, 2 + wrapped.Length);
        return bytes;
    }

    private static KeyUnavailableException Damaged(Exception? inner) => new("A root key cannot be unwrapped: its row was changed. Restore the database from a backup.", inner);
}
