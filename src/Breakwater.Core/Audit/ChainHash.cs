using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Audit;

/// <summary>The hash of a record. Not safe for use by several threads.</summary>
/// <remarks>
/// <code>
/// hash   = SHA-256( "bwk/audit/1" | previous hash 32 | sequence 8 | value of each column of AuditColumns, in order )
/// value  = 0x00                                   null
///        | 0x01 number 8                          two's complement
///        | 0x02 length 4 bytes                    UTF-8
/// </code>
/// Numbers are big-endian. Lengths stand before texts, so that no two records have the same encoding; before the first record the previous
/// hash is 32 zero bytes.
/// </remarks>
internal sealed class ChainHash
{
    public const int Size = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Null => [0];
    private static ReadOnlySpan<byte> Number => [1];
    private static ReadOnlySpan<byte> Text => [2];

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public ChainLink Next(ChainLink previous, AuditRecord record)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("bwk/audit/1"u8);
        _buffer.Write(previous.Hash.Span);
        Write(previous.Sequence + 1);
        foreach (var (_, value) in AuditColumns.All)
            Write(value(record));
        return new ChainLink(previous.Sequence + 1, SHA256.HashData(_buffer.WrittenSpan));
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                _buffer.Write(Null);
                break;
            case long number:
                _buffer.Write(Number);
                Write(number);
                break;
            default:
                _buffer.Write(Text);
                Write((string)value);
                break;
        }
    }

    private void Write(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(sizeof(long)), number);
        _buffer.Advance(sizeof(long));
    }

    private void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(sizeof(int)), length);
        _buffer.Advance(sizeof(int));
        _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length)));
    }
}
