using System.Text.RegularExpressions;

namespace Breakwater.Oci.Tests.Names;

public sealed partial class TagNameTests
{
    [Theory]
    [InlineData("latest")]
    [InlineData("_")]
    [InlineData("1.2.3-rc_1")]
    [InlineData("V")]
    public void TryParse_ValidTag_Parses(string text)
    {
        Assert.True(TagName.TryParse(text, out var tag));
        Assert.Equal(text, tag.Value);
        Assert.Equal(text, tag.ToString());
        Assert.Equal(TagName.Parse(text), tag);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("-a")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a+b")]
    [InlineData("\u00E9")]
    public void TryParse_InvalidTag_Fails(string? text)
    {
        Assert.False(TagName.TryParse(text, out var tag));
        Assert.Null(tag);
        Assert.Same(OciErrors.TagInvalid, Assert.Throws<OciException>(() => TagName.Parse(text)).Error);
    }

    [Fact]
    public void TryParse_Length_IsBounded()
    {
        Assert.True(TagName.TryParse(new string('a', TagName.MaxLength), out _));
        Assert.False(TagName.TryParse(new string('a', TagName.MaxLength + 1), out _));
    }

    [Property(MaxTest = 500)]
    public bool TryParse_AnyText_AgreesWithTheSpecificationsExpression(string? text) =>
        TagName.TryParse(text, out _) == (text is not null && Specification().IsMatch(text));

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z")]
    private static partial Regex Specification();
}
