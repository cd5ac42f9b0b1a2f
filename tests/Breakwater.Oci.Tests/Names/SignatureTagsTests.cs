namespace Breakwater.Oci.Tests.Names;

public sealed class SignatureTagsTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData($"sha256-{Hex}.sig", SignatureKind.Signature, false)]
    [InlineData($"sha512-{Hex}.sig", SignatureKind.Signature, false)]
    [InlineData($"sha256-{Hex}.att", SignatureKind.Attestation, false)]
    [InlineData($"sha256-{Hex}", SignatureKind.None, true)]
    [InlineData($"sha256-{Hex}.sbom", SignatureKind.None, false)]
    [InlineData($"sha256-{Hex}.SIG", SignatureKind.None, false)]
    [InlineData($"sha256-{Hex}a.sig", SignatureKind.None, false)]
    [InlineData($"sha1-{Hex}.sig", SignatureKind.None, false)]
    [InlineData("sha256-abc.sig", SignatureKind.None, false)]
    [InlineData("v1.sig", SignatureKind.None, false)]
    [InlineData("latest", SignatureKind.None, false)]
    public void KindOf_Tag_IsWhatClientsTakeItFor(string tag, SignatureKind kind, bool isReferrersTag)
    {
        Assert.Equal(kind, SignatureTags.KindOf(TagName.Parse(tag)));
        Assert.Equal(isReferrersTag, SignatureTags.IsReferrersTag(TagName.Parse(tag)));
    }

    [Theory]
    [InlineData($"sha256-{Hex}.sig", $"sha256:{Hex}")]
    [InlineData($"sha512-{Hex}.att", $"sha512:{Hex}")]
    [InlineData($"sha256-{Hex}", $"sha256:{Hex}")]
    [InlineData($"sha256-{Hex}.sbom", $"sha256:{Hex}")]
    [InlineData("sha256-abc.sig", null)]
    [InlineData("latest", null)]
    public void SubjectOf_Tag_IsTheDigestThatItBeginsWith(string tag, string? subject) => Assert.Equal(subject, SignatureTags.SubjectOf(TagName.Parse(tag)));
}
