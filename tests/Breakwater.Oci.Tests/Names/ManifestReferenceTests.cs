namespace Breakwater.Oci.Tests.Names;

public sealed class ManifestReferenceTests
{
    private const string Sha256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void TryParse_Digest_IsADigest()
    {
        Assert.True(ManifestReference.TryParse(Sha256, out var reference));
        Assert.Equal(Sha256, reference.Digest?.Value);
        Assert.Null(reference.Tag);
        Assert.Equal(Sha256, reference.ToString());
        Assert.Equal(reference, ManifestReference.Parse(Sha256));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void TryParse_Tag_IsATag(string text)
    {
        Assert.True(ManifestReference.TryParse(text, out var reference));
        Assert.Equal(text, reference.Tag?.Value);
        Assert.Null(reference.Digest);
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData("sha256:baddigeststring", "DIGEST_INVALID")]
    [InlineData("sha384:abc", "DIGEST_INVALID")]
    [InlineData("a:", "DIGEST_INVALID")]
    [InlineData(".INVALID_MANIFEST_NAME", "MANIFEST_INVALID")]
    [InlineData("", "MANIFEST_INVALID")]
    [InlineData(null, "MANIFEST_INVALID")]
    public void Parse_Neither_NamesWhatIsWrong(string? text, string code)
    {
        Assert.False(ManifestReference.TryParse(text, out _));
        Assert.Equal(code, Assert.Throws<OciException>(() => ManifestReference.Parse(text)).Error.Code);
    }
}
