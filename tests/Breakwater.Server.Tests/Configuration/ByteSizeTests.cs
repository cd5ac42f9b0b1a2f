using Breakwater.Server.Configuration;
using FsCheck;
using FsCheck.Xunit;

namespace Breakwater.Server.Tests.Configuration;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1024", 1024)]
    [InlineData("12B", 12)]
    [InlineData("64MiB", 64L << 20)]
    [InlineData("64 MiB", 64L << 20)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("1TiB", 1L << 40)]
    public void Parse_Size_IsRead(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("1.5GiB")]
    [InlineData("1 potato")]
    [InlineData("99999999TiB")]
    public void Parse_NoSize_Throws(string text) => Assert.Throws<FormatException>(() => ByteSize.Parse(text));

    [Property]
    public bool Format_Any_IsReadBack(NonNegativeInt size, byte shift)
    {
        var bytes = (long)size.Get << (shift % 32);
        return ByteSize.Parse(ByteSize.Format(bytes)) == bytes;
    }
}
