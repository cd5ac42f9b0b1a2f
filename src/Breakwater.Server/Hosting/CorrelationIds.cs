using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Breakwater.Server.Hosting;

/// <summary>Makes correlation ids: unique, and cheaper than asking the system for randomness on every request.</summary>
/// <remarks>A random half for this process and a counter, mixed so that neighbours do not look alike. Not for secrets.</remarks>
internal sealed class CorrelationIds
{
    private readonly ulong _process = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private ulong _count = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    public Guid Next()
    {
        Span<ulong> halves = [_process, Mix(Interlocked.Increment(ref _count))];
        var bytes = MemoryMarshal.AsBytes(halves);
        // RFC 9562: version 8 (custom), variant 10.
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>A bijection (the finalizer of SplitMix64), so that different counts stay different but for the two bits of the variant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
