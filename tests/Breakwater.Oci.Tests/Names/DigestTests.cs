using System.Text;

namespace Breakwater.Oci.Tests.Names;

public sealed class DigestTests
{
    private const string EmptySha256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string AbcSha512 =
        "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    [Theory]
    [InlineData(EmptySha256, DigestAlgorithm.Sha256)]
    [InlineData(AbcSha512, DigestAlgorithm.Sha512)]
    public void TryParse_CanonicalText_Parses(string text, DigestAlgorithm algorithm)
    {
        Assert.True(Digest.TryParse(text, out var digest));
        Assert.Equal(algorithm, digest.Algorithm);
        Assert.Equal(text, digest.Value);
        Assert.Equal(text, digest.ToString());
        Assert.Equal(text[7..], digest.Hex);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256:")]
    [InlineData("sha256:baddigeststring")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\uFF15")]
    [InlineData(" sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha384:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void TryParse_AnythingElse_Fails(string? text)
    {
        Assert.False(Digest.TryParse(text, out var digest));
        Assert.Null(digest);
        Assert.Same(OciErrors.DigestInvalid, Assert.Throws<OciException>(() => Digest.Parse(text)).Error);
    }

    [Theory]
    [InlineData("sha384:abc", true)]
    [InlineData("multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8", true)]
    [InlineData("blake3_x.y-z:Ab=_-9", true)]
    [InlineData("+a:abc", false)]
    [InlineData("a++b:abc", false)]
    [InlineData("a-:abc", false)]
    [InlineData("a:", false)]
    [InlineData("a:b c", false)]
    [InlineData(":abc", false)]
    [InlineData("sha256:abc", false)]
    public void Parse_NotSupported_SaysWhetherTheAlgorithmIsTheReason(string text, bool algorithmIsTheReason)
    {
        var message = Assert.Throws<OciException>(() => Digest.Parse(text)).ClientMessage;
        Assert.Equal(algorithmIsTheReason, message.Contains("not supported", StringComparison.Ordinal));
        Assert.Contains("sha512", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_KnownContent_GivesKnownDigest()
    {
        Assert.Equal(EmptySha256, Digest.Of(DigestAlgorithm.Sha256, []).Value);
        Assert.Equal(AbcSha512, Digest.Of(DigestAlgorithm.Sha512, "abc"u8).Value);
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256, 64)]
    [InlineData(DigestAlgorithm.Sha512, 32)]
    [InlineData(DigestAlgorithm.Sha256, 0)]
    public void FromHash_WrongLength_Throws(DigestAlgorithm algorithm, int length) =>
        Assert.Throws<ArgumentException>(() => Digest.FromHash(algorithm, new byte[length]));

    [Property]
    public void Parse_TextOfAnyContent_RoundTrips(string? text, bool isSha512)
    {
        var digest = Digest.Of(isSha512 ? DigestAlgorithm.Sha512 : DigestAlgorithm.Sha256, Encoding.UTF8.GetBytes(text ?? ""));
        var again = Digest.Parse(digest.Value);
        Assert.True(digest == again);
        Assert.Equal(digest.GetHashCode(), again.GetHashCode());
        Assert.Equal(digest, Digest.FromHash(digest.Algorithm, Convert.FromHexString(digest.Hex)));
    }

    [Fact]
    public void Equals_DifferentContent_IsFalse()
    {
        var a = Digest.Of(DigestAlgorithm.Sha256, "a"u8);
        Assert.True(a != Digest.Of(DigestAlgorithm.Sha256, "b"u8));
        Assert.True(a != Digest.Of(DigestAlgorithm.Sha512, "a"u8));
        Assert.False(a == null);
        Assert.False(a.Equals("a"));
    }
}
