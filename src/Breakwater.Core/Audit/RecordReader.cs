using System.Buffers.Binary;
using System.Net;
using System.Text;
using Breakwater.Core.Access;

namespace Breakwater.Core.Audit;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. What somebody else put there it reads too, as far as it goes: it must be seen to be looked into.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> values)
{
    private ReadOnlySpan<byte> _rest = values;

    /// <returns>How many bytes the values of the first record in <paramref name="bytes"/> take; null when they are none.</returns>
    public static int? Measure(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        for (var column = 0; column < RecordWriter.Columns; column++)
        {
            if (LengthOf(rest) is not { } length)
                return null;
            rest = rest[length..];
        }
        return bytes.Length - rest.Length;
    }

    /// <returns>The length of the first value; null when there is none.</returns>
    public static int? LengthOf(ReadOnlySpan<byte> bytes)
    {
        const int TextStart = 1 + sizeof(int);
        long? length = bytes switch
        {
            [RecordWriter.Null, ..] => 1,
            [RecordWriter.Number, ..] => 1 + sizeof(long),
            [RecordWriter.Text, _, _, _, _, ..] => TextStart + (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
            _ => null,
        };
        return length <= bytes.Length ? (int)length : null;
    }

    public AuditRecord Read() => new()
    {
        Time = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(
            Number() ?? 0, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())),
        Category = (AuditCategory)(Number() ?? 0),
        Operation = Text() ?? "",
        Status = (int)(Number() ?? 0),
        Description = Text(),
        PrincipalId = Guid.TryParseExact(Text(), "N", out var id) ? id : null,
        PrincipalKind = (PrincipalKind?)Number(),
        Identity = Text(),
        Credential = Text(),
        JwtId = Text(),
        CallerIp = IPAddress.TryParse(Text(), out var address) ? address : null,
        UserAgent = Text(),
        CorrelationId = Text(),
        LoginServer = Text(),
        DurationMs = Number() ?? 0,
        Repository = Text(),
        Tag = Text(),
        Digest = Text(),
        MediaType = Text(),
        ArtifactType = Text(),
        SizeBytes = Number(),
        Resource = Text(),
        Count = Number() ?? 0,
    };

    /// <returns>Null for null, and for what is no number.</returns>
    public long? Number()
    {
        var value = Take();
        return value[0] == RecordWriter.Number ? BinaryPrimitives.ReadInt64BigEndian(value[1..]) : null;
    }

    private string? Text()
    {
        var value = Take();
        return value[0] == RecordWriter.Text ? Encoding.UTF8.GetString(value[(1 + sizeof(int))..]) : null;
    }

    private ReadOnlySpan<byte> Take()
    {
        var value = _rest[..(LengthOf(_rest) ?? throw new InvalidOperationException("Measure was not asked."))];
        _rest = _rest[value.Length..];
        return value;
    }
}
