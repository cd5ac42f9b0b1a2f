using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Breakwater.Core.Audit;

/// <summary>The hash of a record. Not safe for use by several threads.</summary>
/// <remarks>
/// <code>hash = SHA-256( "bwk/audit/1" | previous hash 32 | sequence 8 | values )</code>
/// The values are as <see cref="RecordWriter"/> draws them, the number is big-endian; before the first record the previous hash is 32 zero bytes.
/// </remarks>
#pragma warning disable CA1001 // Lives as long as the log; its handle frees itself.
internal sealed class ChainHash
#pragma warning restore CA1001
{
    public const int Size = SHA256.HashSizeInBytes;

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);

    // Kept, since making one costs more than hashing a record.
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="hash">Takes the hash; it may be the same place as <paramref name="previous"/>.</param>
    /// <returns>The record's values, good until the next call.</returns>
    public ReadOnlySpan<byte> Next(ReadOnlySpan<byte> previous, long sequence, AuditRecord record, Span<byte> hash)
    {
        var start = Begin(previous, sequence);
        RecordWriter.Write(_buffer, record);
        Finish(hash);
        return _buffer.WrittenSpan[start..];
    }

    /// <summary>Whether a record is the one that was written behind another.</summary>
    public bool IsNext(ChainLink previous, StoredRecord record)
    {
        Begin(previous.Hash.Span, previous.Sequence + 1);
        _buffer.Write(record.Values.Span);
        Span<byte> hash = stackalloc byte[Size];
        Finish(hash);
        return record.Sequence == previous.Sequence + 1 && record.Hash.Span.SequenceEqual(hash);
    }

    private void Finish(Span<byte> hash)
    {
        _sha256.AppendData(_buffer.WrittenSpan);
        _sha256.GetHashAndReset(hash);
    }

    private int Begin(ReadOnlySpan<byte> previous, long sequence)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("bwk/audit/1"u8);
        _buffer.Write(previous);
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(sizeof(long)), sequence);
        _buffer.Advance(sizeof(long));
        return _buffer.WrittenCount;
    }
}
