using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Breakwater.Core.Audit;

/// <summary>Writes the values of a record. <see cref="RecordReader"/> reads them; a change of what or in which order needs a new version of segments.</summary>
/// <remarks>
/// <code>
/// values = value of each of the 23 columns, in the order in which they are written here
/// value  = 0x00                                   null
///        | 0x01 number 8                          two's complement
///        | 0x02 length 4 bytes                    UTF-8
/// </code>
/// Numbers are big-endian. Lengths stand before texts, so that no two records have the same values.
/// </remarks>
internal static class RecordWriter
{
    public const int Columns = 23;

    public const byte Null = 0, Number = 1, Text = 2;

    // The longest text of an address, with a scope.
    private const int MaxAddress = 65;

    public static void Write(ArrayBufferWriter<byte> output, AuditRecord record)
    {
        Write(output, record.Time.ToUnixTimeMilliseconds());
        Write(output, (long)record.Category);
        Write(output, record.Operation);
        Write(output, record.Status);
        Write(output, record.Description);
        Write(output, record.PrincipalId);
        Write(output, (long?)record.PrincipalKind);
        Write(output, record.Identity);
        Write(output, record.Credential);
        Write(output, record.JwtId);
        Write(output, record.CallerIp);
        Write(output, record.UserAgent);
        Write(output, record.CorrelationId);
        Write(output, record.LoginServer);
        Write(output, record.DurationMs);
        Write(output, record.Repository);
        Write(output, record.Tag);
        Write(output, record.Digest);
        Write(output, record.MediaType);
        Write(output, record.ArtifactType);
        Write(output, record.SizeBytes);
        Write(output, record.Resource);
        Write(output, record.Count);
    }

    private static void Write(ArrayBufferWriter<byte> output, long? number)
    {
        var span = output.GetSpan(1 + sizeof(long));
        span[0] = number is null ? Null : Number;
        BinaryPrimitives.WriteInt64BigEndian(span[1..], number.GetValueOrDefault());
        output.Advance(number is null ? 1 : 1 + sizeof(long));
    }

    private static void Write(ArrayBufferWriter<byte> output, string? text)
    {
        var span = output.GetSpan(1 + sizeof(int) + Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0));
        Finish(output, span, text is null ? null : Encoding.UTF8.GetBytes(text, span[(1 + sizeof(int))..]));
    }

    private static void Write(ArrayBufferWriter<byte> output, Guid? id)
    {
        var span = output.GetSpan(1 + sizeof(int) + 32);
        var length = 0;
        id?.TryFormat(span[(1 + sizeof(int))..], out length, "N");
        Finish(output, span, id is null ? null : length);
    }

    private static void Write(ArrayBufferWriter<byte> output, IPAddress? address)
    {
        var span = output.GetSpan(1 + sizeof(int) + MaxAddress);
        var length = 0;
        // The same machine has one address, whatever the listener's kind.
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.TryFormat(span[(1 + sizeof(int))..], out length);
        Finish(output, span, address is null ? null : length);
    }

    private static void Finish(ArrayBufferWriter<byte> output, Span<byte> span, int? length)
    {
        span[0] = length is null ? Null : Text;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], length.GetValueOrDefault());
        output.Advance(length is { } bytes ? 1 + sizeof(int) + bytes : 1);
    }
}
