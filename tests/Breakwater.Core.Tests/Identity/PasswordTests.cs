using System.Text.Json;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Identity;

public sealed class PasswordTests
{
    private readonly PasswordHasher _hasher = new(iterations: 20);

    [Fact]
    public void Verify_RightAndWrong_AreToldApart()
    {
        var stored = _hasher.Hash(new Secret("correct horse"));

        Assert.StartsWith("$pbkdf2-sha256$i=20$", stored, StringComparison.Ordinal);
        Assert.Equal(PasswordVerdict.Right, _hasher.Verify(stored, new Secret("correct horse")));
        Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify(stored, new Secret("correct horsf")));
        Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify(_hasher.Decoy, new Secret("correct horse")));
    }

    [Fact]
    public void Verify_FewerIterationsThanToday_IsOutdated() =>
        Assert.Equal(PasswordVerdict.RightButOutdated, _hasher.Verify(new PasswordHasher(10).Hash(new Secret("correct horse")), new Secret("correct horse")));

    [Fact]
    public void Hash_SamePasswordTwice_Differs() =>
        Assert.NotEqual(_hasher.Hash(new Secret("correct horse")), _hasher.Hash(new Secret("correct horse")));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$pbkdf2-sha256$i=0$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha256$i=99999999999$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha512$i=10$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha256$i=10$!$AAAA")]
    public void Verify_StoredTextOfUnknownForm_Throws(string stored) =>
        Assert.Throws<FormatException>(() => _hasher.Verify(stored, new Secret("correct horse")));

    [Fact]
    public void Create_GeneratedPassword_PassesItsOwnChecks()
    {
        var password = GeneratedPassword.Create();
        var text = password.Reveal();

        Assert.Matches("^bwk_pw_[0-9A-Za-z]{28}$", text);
        Assert.False(GeneratedPassword.IsMistyped(text));
        Assert.Null(PasswordPolicy.Problem(password));
        Assert.NotEqual(text, GeneratedPassword.Create().Reveal());
    }

    [Fact]
    public void IsMistyped_AnyCharacterChanged_IsNoticed()
    {
        var text = GeneratedPassword.Create().Reveal();
        for (var i = GeneratedPassword.Prefix.Length; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] = changed[i] == 'a' ? 'b' : 'a';
            Assert.True(GeneratedPassword.IsMistyped(new string(changed)));
        }
        Assert.True(GeneratedPassword.IsMistyped(text[..^1]));
        Assert.False(GeneratedPassword.IsMistyped("correct horse battery"));
    }

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("with a line end\n", "control character")]
    [InlineData("bwk_pw_not-generated", "typing error")]
    public void Problem_UnacceptablePassword_NamesTheRemedy(string password, string part) =>
        Assert.Contains(part, PasswordPolicy.Problem(new Secret(password)), StringComparison.Ordinal);

    [Fact]
    public void Secret_PrintedOrSerialized_ShowsNothing()
    {
        var secret = new Secret("correct horse");

        Assert.Equal("***", $"{secret}");
        Assert.Equal("{}", JsonSerializer.Serialize(secret));
    }
}
