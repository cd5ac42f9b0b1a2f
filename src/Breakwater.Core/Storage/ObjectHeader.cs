using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Breakwater.Core.Storage;

/// <summary>The first 96 bytes of a sealed object.</summary>
/// <remarks>
/// <code>
///  0  4  magic "BWK1"          4  1  version 1      5  1  algorithm 1 = AES-256-GCM
///  6  1  log2 of the segment size, 16               7  1  flags 0
///  8  4  key epoch, big endian
/// 12 16  registry id          28 16  object id      44 32  salt
/// 76  7  nonce prefix         83 13  zero
/// </code>
/// </remarks>
internal static class ObjectHeader
{
    public const int Size = 96;
    public const int NoncePrefixSize = 7;

    private const byte Version = 1, Aes256Gcm = 1;
    private const int EpochAt = 8, RegistryAt = 12, ObjectAt = 28, SaltAt = 44, SaltSize = 32, PrefixAt = 76;

    private static ReadOnlySpan<byte> Start => [(byte)'B', (byte)'W', (byte)'K', (byte)'1', Version, Aes256Gcm, Segments.SizeLog2, 0];

    public static void Write(Span<byte> header, int epoch, Guid registryId, Guid objectId)
    {
        header[..Size].Clear();
        Start.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header[EpochAt..], epoch);
        registryId.TryWriteBytes(header[RegistryAt..]);
        objectId.TryWriteBytes(header[ObjectAt..]);
        RandomNumberGenerator.Fill(header.Slice(SaltAt, SaltSize + NoncePrefixSize));
    }

    /// <summary>Whether this is the header of that object and nothing else.</summary>
    public static bool Matches(ReadOnlySpan<byte> header, int epoch, Guid registryId, Guid objectId) =>
        header.Length == Size
        && header[..8].SequenceEqual(Start)
        && BinaryPrimitives.ReadInt32BigEndian(header[EpochAt..]) == epoch
        && new Guid(header.Slice(RegistryAt, 16)) == registryId
        && new Guid(header.Slice(ObjectAt, 16)) == objectId;

    public static ReadOnlySpan<byte> Salt(ReadOnlySpan<byte> header) => header.Slice(SaltAt, SaltSize);

    public static ReadOnlySpan<byte> NoncePrefix(ReadOnlySpan<byte> header) => header.Slice(PrefixAt, NoncePrefixSize);

    /// <summary>What binds the stream key to one object: purpose, registry, object, algorithm and segment size.</summary>
    public static int WriteInfo(Span<byte> info, ReadOnlySpan<byte> header)
    {
        var purpose = "bwk/blob/1"u8;
        purpose.CopyTo(info);
        header.Slice(RegistryAt, 32).CopyTo(info[purpose.Length..]);
        info[purpose.Length + 32] = header[5];
        info[purpose.Length + 33] = header[6];
        return purpose.Length + 34;
    }
}
