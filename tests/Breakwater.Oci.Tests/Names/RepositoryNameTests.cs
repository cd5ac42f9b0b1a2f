using System.Text.RegularExpressions;
using FsCheck.Fluent;

namespace Breakwater.Oci.Tests.Names;

public sealed partial class RepositoryNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("library/ubuntu")]
    [InlineData("a.b/c_d/e__f/g-h/i---j")]
    [InlineData("a/tags/list/b")]
    [InlineData("manifests")]
    [InlineData("blobs/uploads")]
    public void TryParse_ValidName_Parses(string text)
    {
        Assert.True(RepositoryName.TryParse(text, out var name));
        Assert.Equal(text, name.Value);
        Assert.Equal(text, name.ToString());
        Assert.Equal(RepositoryName.Parse(text), name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a/")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("A")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("a_-b")]
    [InlineData("a.-b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a-")]
    [InlineData("-a")]
    [InlineData("_a")]
    [InlineData("a__")]
    [InlineData("a/./b")]
    [InlineData("a/../b")]
    [InlineData("~")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a\n")]
    [InlineData("a%2Fb")]
    [InlineData("a:b")]
    [InlineData("a\\b")]
    [InlineData("\u00E9")]
    [InlineData("\u0661")]
    public void TryParse_InvalidName_Fails(string? text)
    {
        Assert.False(RepositoryName.TryParse(text, out var name));
        Assert.Null(name);
        Assert.Same(OciErrors.NameInvalid, Assert.Throws<OciException>(() => RepositoryName.Parse(text)).Error);
    }

    [Fact]
    public void TryParse_Length_IsBounded()
    {
        Assert.True(RepositoryName.TryParse(new string('a', RepositoryName.MaxLength), out _));
        Assert.False(RepositoryName.TryParse(new string('a', RepositoryName.MaxLength + 1), out _));
    }

    [Property(MaxTest = 2000)]
    public Property TryParse_TextOfTheAlphabet_AgreesWithTheSpecificationsExpression()
    {
        var texts = Gen.Elements('a', '9', '.', '_', '-', '/', 'A', '\n').ArrayOf().Resize(12).Select(c => new string(c));
        return Prop.ForAll(texts.ToArbitrary(), text => RepositoryName.TryParse(text, out _) == Specification().IsMatch(text));
    }

    [GeneratedRegex(@"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex Specification();
}
