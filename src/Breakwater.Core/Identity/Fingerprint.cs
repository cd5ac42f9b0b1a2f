using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Identity;

/// <summary>
/// What caches know secrets by: an HMAC-SHA256, cut to 128 bits, under a key that never leaves the process. A memory dump of a cache
/// gives no password and no token, and nobody can make two secrets collide.
/// </summary>
internal static class Fingerprint
{
    private const int StackLength = 2048;

    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(32);

    // Keying an HMAC costs more than computing it, so every thread keeps one.
    [ThreadStatic]
    private static IncrementalHash? t_hmac;

    public static UInt128 Of(ReadOnlySpan<byte> secret)
    {
        var hmac = t_hmac ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, ProcessKey);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.AppendData(secret);
        hmac.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    [SkipLocalsInit]
    public static UInt128 Of(ReadOnlySpan<char> secret)
    {
        var max = Encoding.UTF8.GetMaxByteCount(secret.Length);
        var bytes = max <= StackLength * 3 ? stackalloc byte[StackLength * 3] : new byte[max];
        return Of(bytes[..Encoding.UTF8.GetBytes(secret, bytes)]);
    }
}
