using Breakwater.Core.Identity;
using Breakwater.Core.Retention;

namespace Breakwater.Core.Tests.Retention;

public sealed class PurgeFilterTests
{
    [Theory]
    [InlineData("app:v1", "app", "v1", true)]
    [InlineData("app:v1", "app", "v1.2", true)]
    [InlineData("app:^v1$", "app", "v1.2", false)]
    [InlineData("app:.*", "team/app", "v1", false)]
    [InlineData("team/.*:.*", "team/app", "v1", true)]
    [InlineData("app|web:.*", "web", "v1", true)]
    [InlineData("app|web:.*", "web2", "v1", false)]
    [InlineData("(?:app|web):(?:a|b)", "web", "b", true)]
    [InlineData("app:[:x]+$", "app", "x", true)]
    [InlineData(@"app:\w*test\w*", "app", "mytest1", true)]
    [InlineData("app:V1", "app", "v1", false)]
    [InlineData("(?i)app:V1", "app", "v1", false)]
    [InlineData("app:(?i)V1", "app", "v1", true)]
    public void Parse_Filter_MeansWholeNamesAndPartsOfTags(string text, string repository, string tag, bool isMeant)
    {
        var filter = PurgeFilter.Parse(text);
        Assert.Equal(isMeant, filter.CoversRepository(repository) && filter.CoversTag(tag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData(":v1")]
    [InlineData("app:")]
    [InlineData("a:b:c")]
    [InlineData("app:(")]
    [InlineData("app):(v1")]
    [InlineData("a)|(b:v1")]
    [InlineData("app:(?=x)")]
    [InlineData(@"app:(a)\1")]
    [InlineData("app:(a{1000}){1000}")]
    public void Parse_NoFilter_IsRefused(string text) => Assert.Throws<InvalidValueException>(() => PurgeFilter.Parse(text));

    [Fact]
    public void Parse_TooLong_IsRefused() => Assert.Throws<InvalidValueException>(() => PurgeFilter.Parse("app:" + new string('a', PurgeFilter.MaxLength)));

    /// <summary>An expression that takes a backtracking engine longer than anybody waits.</summary>
    [Fact]
    public void CoversTag_NestedRepetition_EndsAtOnce() => Assert.False(PurgeFilter.Parse("app:^(a+)+$").CoversTag(new string('a', 127) + "b"));

    [Theory]
    [InlineData("")]
    [InlineData("t;1;2;3")]
    [InlineData("x;1;0;0;a")]
    [InlineData("t;99999999999999999999;0;0;a")]
    [InlineData("t;1;-1;0;a")]
    public void ParseCursor_NoneOfOurs_IsRefused(string text) => Assert.Throws<InvalidValueException>(() => PurgeCursor.Parse(text));

    [Fact]
    public void ParseCursor_OneOfOurs_IsTheSame()
    {
        var cursor = new PurgeCursor(PurgePhase.Manifests, DateTimeOffset.FromUnixTimeMilliseconds(123), "team/app!", 4, 5);
        Assert.Equal(cursor, PurgeCursor.Parse(cursor.ToString()));
    }
}
