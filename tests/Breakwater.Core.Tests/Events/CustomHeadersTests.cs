using System.Text;
using Breakwater.Core.Events;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Events;

public sealed class CustomHeadersTests
{
    [Theory]
    [InlineData("Host")]
    [InlineData("host")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Expect")]
    [InlineData("X-Breakwater-Signature")]
    [InlineData("x-breakwater-anything")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nb")]
    [InlineData("a:b")]
    public void Require_NameOfTheSender_IsRefused(string name) => Assert.Throws<InvalidValueException>(() => CustomHeaders.Require(new Dictionary<string, string> { [name] = "x" }));

    [Theory]
    [InlineData("secret\r\nX: y")]
    [InlineData("secret\nx")]
    [InlineData("secret\0")]
    [InlineData("secré")]
    public void Require_ValueThatCannotBeSent_IsRefusedAndNotRepeated(string value) => Assert.DoesNotContain(
        "secr", Assert.Throws<InvalidValueException>(() => CustomHeaders.Require(new Dictionary<string, string> { ["X-Key"] = value })).Message, StringComparison.Ordinal);

    [Fact]
    public void Require_TwoSpellingsOfOneName_AreRefused() =>
        Assert.Throws<InvalidValueException>(() => CustomHeaders.Require(new Dictionary<string, string> { ["X-Key"] = "1", ["x-key"] = "2" }));

    [Fact]
    public void Require_Authorization_IsTaken() =>
        Assert.Equal("Bearer x", CustomHeaders.Require(new Dictionary<string, string> { ["Authorization"] = "Bearer x" })["authorization"]);

    [Theory]
    [InlineData("https://user:p%40ss@example.com/x", "user:p@ss")]
    [InlineData("https://user:a+b@example.com/x", "user:a+b")]
    [InlineData("https://user@example.com/x", "user:")]
    public void Authorization_Credentials_BecomeBasic(string uri, string expected) =>
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(expected)), ServiceUri.Authorization(ServiceUri.Parse(uri)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://x")]
    [InlineData("https://example.com/#x")]
    public void Parse_NoAddress_IsRefused(string? uri) => Assert.Throws<InvalidValueException>(() => ServiceUri.Parse(uri));

    [Fact]
    public void Origin_AddressWithSecrets_ShowsNone() =>
        Assert.Equal("https://example.com:8443/", ServiceUri.Origin(ServiceUri.Parse("https://u:secret@example.com:8443/secret?secret=secret")));
}
