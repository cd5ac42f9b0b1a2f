namespace Breakwater.Oci.Tests.Http;

public sealed class RangeHeaderTests
{
    [Theory]
    [InlineData("bytes=0-0", 10, 0, 0)]
    [InlineData("bytes=2-5", 10, 2, 5)]
    [InlineData("bytes=2-", 10, 2, 9)]
    [InlineData("bytes=-3", 10, 7, 9)]
    [InlineData("bytes=-99", 10, 0, 9)]
    [InlineData("bytes=9-99", 10, 9, 9)]
    [InlineData("BYTES=1-2", 10, 1, 2)]
    [InlineData(" bytes= 1-2 ", 10, 1, 2)]
    [InlineData("bytes=1-99999999999999999999999999", 10, 1, 9)]
    [InlineData("bytes=1-9223372036854775808", 10, 1, 9)]
    [InlineData("bytes=-99999999999999999999999999", 10, 0, 9)]
    [InlineData("bytes=000-001", 10, 0, 1)]
    public void Parse_OneRangeInside_IsSatisfiable(string header, long size, long first, long last) =>
        Assert.Equal(new RangeResult(RangeKind.Satisfiable, new ByteRange(first, last)), RangeHeader.Parse(header, size));

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=10-20", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=99999999999999999999999999-", 10)]
    public void Parse_OneRangeOutside_IsUnsatisfiable(string header, long size) =>
        Assert.Equal(new RangeResult(RangeKind.Unsatisfiable, default), RangeHeader.Parse(header, size));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=5")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=1-2-3")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1 - 2")]
    [InlineData("bytes=0x1-2")]
    [InlineData("items=0-1")]
    [InlineData("bytes=\u0661-\u0662")]
    public void Parse_NotOneRangeOfBytes_IsIgnored(string? header) =>
        Assert.Equal(RangeKind.None, RangeHeader.Parse(header, 10).Kind);

    [Fact]
    public void Parse_SuffixOfNothing_IsIgnored() => Assert.Equal(RangeKind.None, RangeHeader.Parse("bytes=-5", 0).Kind);

    [Property(MaxTest = 2000)]
    public void Parse_AnyNumbers_SelectsTheBytesOfANaiveOracle(byte first, byte last, byte size, int form)
    {
        var all = Enumerable.Range(0, size).ToArray();
        var (header, expected) = (form & 3) switch
        {
            0 => ($"bytes={first}-", all.Where(i => i >= first)),
            1 => ($"bytes=-{last}", all.Where(i => i >= size - last)),
            _ => ($"bytes={first}-{last}", all.Where(i => i >= first && i <= last)),
        };

        var result = RangeHeader.Parse(header, size);

        if (result.Kind == RangeKind.Satisfiable)
            Assert.Equal(expected, all.Skip((int)result.Range.First).Take((int)result.Range.Length));
        else
            Assert.Empty(expected);
    }

    [Property(MaxTest = 500)]
    public void Parse_AnyText_StaysInsideTheContent(string? text, NonNegativeInt size)
    {
        var result = RangeHeader.Parse("bytes=" + text, size.Get);
        if (result.Kind == RangeKind.Satisfiable)
            Assert.True(result.Range.First >= 0 && result.Range.First <= result.Range.Last && result.Range.Last < size.Get);
    }
}
