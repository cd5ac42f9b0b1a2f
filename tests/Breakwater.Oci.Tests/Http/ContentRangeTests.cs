namespace Breakwater.Oci.Tests.Http;

public sealed class ContentRangeTests
{
    [Theory]
    [InlineData("0-0", 0, 0)]
    [InlineData("0-1023", 0, 1023)]
    [InlineData("1024-2047", 1024, 2047)]
    [InlineData("bytes 5-9/10", 5, 9)]
    [InlineData("bytes 5-9/*", 5, 9)]
    [InlineData("bytes 5-9", 5, 9)]
    [InlineData("Bytes 5-9/100", 5, 9)]
    [InlineData(" 5-9 ", 5, 9)]
    [InlineData("0-9223372036854775806", 0, 9223372036854775806)]
    public void TryParse_Chunk_GivesItsEnds(string header, long first, long last)
    {
        Assert.True(ContentRange.TryParse(header, out var readFirst, out var readLast));
        Assert.Equal((first, last), (readFirst, readLast));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5-")]
    [InlineData("-5")]
    [InlineData("5-4")]
    [InlineData("0-9/10")]
    [InlineData("bytes 0-9/9")]
    [InlineData("bytes 0-9/")]
    [InlineData("bytes 0-9/x")]
    [InlineData("bytes */10")]
    [InlineData("bytes=0-9")]
    [InlineData("+0-9")]
    [InlineData("0--9")]
    [InlineData("0 - 9")]
    [InlineData("0-9223372036854775807")]
    [InlineData("0-99999999999999999999")]
    [InlineData("99999999999999999999-99999999999999999999")]
    public void TryParse_AnythingElse_Fails(string? header)
    {
        Assert.False(ContentRange.TryParse(header, out var first, out var last));
        Assert.Equal((0, 0), (first, last));
    }

    [Property]
    public bool TryParse_EndsInOrder_RoundTrip(NonNegativeInt first, NonNegativeInt length) =>
        ContentRange.TryParse($"{first.Get}-{(long)first.Get + length.Get}", out var readFirst, out var readLast)
        && readFirst == first.Get
        && readLast == (long)first.Get + length.Get;
}
