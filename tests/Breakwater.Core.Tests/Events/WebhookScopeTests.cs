using Breakwater.Core.Events;
using Breakwater.Core.Identity;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Events;

public sealed class WebhookScopeTests
{
    [Theory]
    // scope, repository, tag ("" for none), heard
    [InlineData("", "foo", "bar", true)]
    [InlineData("", "foo", "", true)]
    [InlineData("foo:*", "foo", "bar", true)]
    [InlineData("foo:*", "foo", "", true)]
    [InlineData("foo:*", "foo/bar", "v1", false)]
    [InlineData("foo:", "foo", "bar", true)]
    [InlineData("foo:", "foobar", "bar", false)]
    [InlineData("foo:bar", "foo", "bar", true)]
    [InlineData("foo:bar", "foo", "Bar", false)]
    [InlineData("foo:bar", "foo", "barn", false)]
    [InlineData("foo:bar", "foo", "", false)]
    [InlineData("foo", "foo", "latest", true)]
    [InlineData("foo", "foo", "v1", false)]
    [InlineData("foo", "foo", "", false)]
    [InlineData("foo:v*", "foo", "v1", true)]
    [InlineData("foo:v*", "foo", "1v", false)]
    [InlineData("foo*", "foobar/baz", "x", true)]
    [InlineData("foo*", "foo", "", true)]
    [InlineData("foo*", "fo", "x", false)]
    [InlineData("team/*:v*", "team/app", "v2", true)]
    [InlineData("team/*:v*", "team", "v2", false)]
    [InlineData("*:v*", "any/thing", "v2", true)]
    [InlineData("*", "any/thing", "", true)]
    public void Covers_Change_IsAsTheGrammarSays(string scope, string repository, string tag, bool heard) =>
        Assert.Equal(heard, WebhookScope.Parse(scope).Covers(RepositoryName.Parse(repository), tag.Length == 0 ? [] : [tag]));

    [Fact]
    public void Covers_OneOfSeveralTags_IsEnough() => Assert.True(WebhookScope.Parse("foo:b").Covers(RepositoryName.Parse("foo"), ["a", "b"]));

    [Theory]
    [InlineData("Foo")]
    [InlineData("*foo")]
    [InlineData("f*o")]
    [InlineData("foo:*bar")]
    [InlineData("foo:b*r")]
    [InlineData("foo:a:b")]
    [InlineData(":bar")]
    [InlineData("foo bar")]
    [InlineData("foo//bar")]
    [InlineData("foo:-x")]
    [InlineData("foo@sha256:0")]
    public void Parse_NoScope_SaysWhatIs(string text) => Assert.Contains("NAME:TAG", Assert.Throws<InvalidValueException>(() => WebhookScope.Parse(text)).Message, StringComparison.Ordinal);
}
