using System.Buffers.Binary;

namespace Breakwater.Core.Audit;

/// <summary>A signed statement that the chain of an installation had a hash at a record.</summary>
/// <remarks>
/// <code>signed = "bwk/audit-checkpoint/1" | installation 16 | kind 1 | sequence 8 | time in ms 8 | hash 32</code>
/// Numbers are big-endian, the installation's id in the byte order of RFC 9562; the signature is ES256 as RFC 7518 writes it.
/// </remarks>
public sealed record AuditCheckpoint
{
    public required CheckpointKind Kind { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required byte[] Hash { get; init; }
    public required Guid KeyId { get; init; }
    public required byte[] Signature { get; init; }

    internal ChainLink Link => new(Sequence, Hash);

    /// <summary>What the signature covers.</summary>
    public static byte[] Statement(Guid installationId, CheckpointKind kind, long sequence, DateTimeOffset time, ReadOnlySpan<byte> hash)
    {
        var domain = "bwk/audit-checkpoint/1"u8;
        var statement = new byte[domain.Length + 33 + hash.Length];
        domain.CopyTo(statement);
        var rest = statement.AsSpan(domain.Length);
        installationId.TryWriteBytes(rest, bigEndian: true, out _);
        rest[16] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(rest[17..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(rest[25..], time.ToUnixTimeMilliseconds());
        hash.CopyTo(rest[33..]);
        return statement;
    }
}
