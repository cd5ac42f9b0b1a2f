using System.Text;
using Breakwater.Core.Tokens;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Tokens;

/// <summary>Whatever is sent as a token, it is read or refused; it is never an error.</summary>
public sealed class ForeignTokenTests
{
    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.AA")]
    [InlineData("e30.e30.AA.AA.AA")]
    public void TryRead_NoToken_IsNull(string text) => Assert.Null(ForeignToken.TryRead(text));

    [Theory]
    [InlineData("""{"iss":"a"}""")]
    [InlineData("""{"iss":1,"sub":2}""")]
    [InlineData("""{"iss":["a"],"sub":{}}""")]
    [InlineData("""["iss"]""")]
    [InlineData("null")]
    [InlineData("{")]
    public void TryRead_OtherPayload_IsNullOrHasNoIssuerOfItsOwn(string payload)
    {
        var read = ForeignToken.TryRead($"{Encode("""{"alg":"RS256","kid":"a"}""")}.{Encode(payload)}.AA");

        Assert.True(read is null || read.Issuer.Length > 0);
    }

    [Fact]
    public void IdOf_NoJti_IsWhatWasSignedAndNotTheSignature()
    {
        var signed = $"{Encode("""{"alg":"ES256","kid":"a"}""")}.{Encode("""{"iss":"i","sub":"s"}""")}";

        Assert.Equal(ForeignToken.IdOf(ForeignToken.TryRead(signed + ".AA")!), ForeignToken.IdOf(ForeignToken.TryRead(signed + ".AQ")!));
        Assert.NotEqual(ForeignToken.IdOf(ForeignToken.TryRead(signed + ".AA")!), ForeignToken.IdOf(ForeignToken.TryRead($"{Encode("""{"alg":"ES256","kid":"b"}""")}.{Encode("""{"iss":"i","sub":"s"}""")}.AA")!));
    }

    [Property(MaxTest = 2000)]
    public bool TryRead_AnyText_NeverFails(string? header, string? payload, string? signature, bool encoded)
    {
        var (a, b, c) = (header ?? "", payload ?? "", signature ?? "");
        ForeignToken.TryRead(encoded ? $"{Encode(a)}.{Encode(b)}.{Encode(c)}" : $"{a}.{b}.{c}");
        return true;
    }

    [Property(MaxTest = 2000)]
    public bool TryRead_AnyJson_NeverFails(string? issuer, string? subject, int expires)
    {
        var payload = System.Text.Json.JsonSerializer.Serialize(new { iss = issuer, sub = subject, exp = expires, aud = new[] { issuer, subject } });
        ForeignToken.TryRead($"{Encode("""{"alg":"RS256","kid":"a"}""")}.{Encode(payload)}.AA");
        return true;
    }
}
