using Breakwater.Server.Configuration;
using FsCheck;
using FsCheck.Xunit;

namespace Breakwater.Server.Tests.Configuration;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("5m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("00:00:30", 30_000)]
    [InlineData("0s", 0)]
    public void Parse_Duration_IsRead(string text, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("-00:00:05")]
    [InlineData("5 minutes")]
    [InlineData("99999999999999999999d")]
    [InlineData("4000d")]
    public void Parse_NoDuration_Throws(string text) => Assert.Throws<FormatException>(() => Durations.Parse(text));

    [Fact]
    public void ParsePositive_Zero_Throws() => Assert.Throws<FormatException>(() => Durations.ParsePositive("0s"));

    [Property]
    public bool Format_Any_IsReadBack(NonNegativeInt milliseconds)
    {
        var duration = TimeSpan.FromMilliseconds(milliseconds.Get);
        return Durations.Parse(Durations.Format(duration)) == duration;
    }
}
