using System.Buffers;
using System.Net;
using Breakwater.Core.Audit;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Audit;

public sealed class RecordCodingTests
{
    private static readonly AuditRecord Plain = new() { Time = DateTimeOffset.UnixEpoch, Category = AuditCategory.Repository, Operation = "Pull", Status = 200 };

    private static ReadOnlyMemory<byte> Write(AuditRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        RecordWriter.Write(output, record);
        return output.WrittenMemory;
    }

    private static AuditRecord ReadBack(AuditRecord record) => new RecordReader(Write(record).Span).Read();

    [Property]
    public bool Read_Written_IsTheSame(FsCheck.NonNull<string> text, Guid id, long number, int status)
    {
        var clean = AuditText.Clean(text.Get);
        var record = Plain with { Status = status, Tag = clean, Resource = clean, PrincipalId = id, SizeBytes = number, DurationMs = number, CallerIp = IPAddress.IPv6Loopback };
        return ReadBack(record) == record;
    }

    [Fact]
    public void Read_MappedAddress_IsTheAddressItself() =>
        Assert.Equal(IPAddress.Parse("192.0.2.7"), ReadBack(Plain with { CallerIp = IPAddress.Parse("::ffff:192.0.2.7") }).CallerIp);

    [Property]
    public bool Unpack_Packed_IsTheSame(FsCheck.NonNull<string> one, FsCheck.NonNull<string> other, int status)
    {
        var (before, record) = (Write(Plain with { Tag = one.Get, Digest = other.Get }), Write(Plain with { Tag = other.Get, Status = status }));
        var (packed, values) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        RecordPacking.Pack(record.Span, before.Span, packed);
        return RecordPacking.Unpack(packed.WrittenSpan, before.Span, values) == packed.WrittenCount && values.WrittenSpan.SequenceEqual(record.Span);
    }

    /// <summary>Otherwise a segment could be written in two ways that say the same.</summary>
    [Fact]
    public void Unpack_EqualValueWrittenOut_IsRefused() =>
        Assert.Null(RecordPacking.Unpack(Write(Plain).Span, Write(Plain with { Status = 403 }).Span, new ArrayBufferWriter<byte>()));

    [Property]
    public bool Measure_AnyBytes_StaysInside(byte[] bytes) => RecordReader.Measure(bytes) is not { } length || length <= bytes.Length;

    [Property]
    public bool Measure_CutOff_IsNoRecord(FsCheck.NonNegativeInt at)
    {
        var values = Write(Plain with { Repository = "team/app" }).Span;
        return RecordReader.Measure(values[..(at.Get % values.Length)]) is null && RecordReader.Measure(values) == values.Length;
    }

    /// <summary>Whatever stands in the place of a record can be shown.</summary>
    [Property(MaxTest = 1000)]
    public bool Read_ByteChanged_GivesSomeRecord(FsCheck.NonNegativeInt at, byte change)
    {
        var values = Write(Plain with { Repository = "team/app", CallerIp = IPAddress.Loopback, PrincipalId = Guid.Empty }).ToArray();
        values[at.Get % values.Length] ^= change;
        return RecordReader.Measure(values) is null || new RecordReader(values).Read() is not null;
    }
}
