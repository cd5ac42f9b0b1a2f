using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Tests.Tokens;

public sealed class ForgedTokenTests
{
    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>Headers in which KID stands for the active key's id.</summary>
    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"RS256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"unknown"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","jku":"http://example.com"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","jwk":{}}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","x5c":[]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","zip":"DEF"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":1}""")]
    [InlineData("""["alg"]""")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Validate_OtherHeader_IsRefused(string header)
    {
        await using var test = await TestTokens.CreateAsync();
        var parts = test.Issue().Split('.');

        var forged = $"{Encode(header.Replace("KID", test.Keys.Active.KeyId, StringComparison.Ordinal))}.{parts[1]}.{parts[2]}";

        Assert.Null(await test.ValidateAsync(forged));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("a.b.c")]
    [InlineData("A.B.C.D.E")]
    [InlineData("not a token")]
    public async Task Validate_NoToken_IsRefused(string text)
    {
        await using var test = await TestTokens.CreateAsync();

        Assert.Null(await test.ValidateAsync(text));
    }

    [Theory]
    [InlineData("{h}.{p}.")]
    [InlineData("{h}.{p}")]
    [InlineData("{h}..{s}")]
    [InlineData("{h}.{p}.{s}.")]
    [InlineData("{h}.{p}.{s}.{s}")]
    [InlineData(" {h}.{p}.{s}")]
    [InlineData("{h}=.{p}.{s}")]
    public async Task Validate_PartsRearranged_IsRefused(string form)
    {
        await using var test = await TestTokens.CreateAsync();
        var parts = test.Issue().Split('.');

        var forged = form.Replace("{h}", parts[0], StringComparison.Ordinal).Replace("{p}", parts[1], StringComparison.Ordinal).Replace("{s}", parts[2], StringComparison.Ordinal);

        Assert.Null(await test.ValidateAsync(forged));
    }

    [Fact]
    public async Task Validate_SignedByAnotherKey_IsRefused()
    {
        await using var test = await TestTokens.CreateAsync();
        var parts = test.Issue("repository:a/b:pull").Split('.');
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var signature = other.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256);

        Assert.Null(await test.ValidateAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}"));
    }

    [Fact]
    public async Task Validate_TokenOfAnotherInstallation_IsRefused()
    {
        await using var test = await TestTokens.CreateAsync();
        await using var other = await TestTokens.CreateAsync();

        Assert.Null(await test.ValidateAsync(other.Issue()));
    }

    [Fact]
    public async Task Validate_LongerThanTheLimit_IsRefused()
    {
        await using var test = await TestTokens.CreateAsync();
        var parts = test.Issue().Split('.');

        Assert.Null(await test.ValidateAsync($"{parts[0]}.{new string('A', 17_000)}.{parts[2]}"));
    }
}
