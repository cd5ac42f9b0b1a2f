using Breakwater.Server.Access;

namespace Breakwater.Server.Tests.Access;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/v2/a/manifests/t", "/v2/a/manifests/t")]
    [InlineData("/v2/a/manifests/t?x=/v2/b", "/v2/a/manifests/t")]
    [InlineData("//v2/a", "//v2/a")]
    [InlineData("/?x=/v2/a", "/")]
    [InlineData("http://host/v2/a?x=/v2/b", "/v2/a")]
    [InlineData("HTTPS://host:5000/v2/a", "/v2/a")]
    [InlineData("http://host", "")]
    [InlineData("http://host?x=/v2/a/manifests/t", "")]
    [InlineData("http://host?http://x/v2/a/manifests/t", "")]
    [InlineData("?x=://host/v2/a/manifests/t", "")]
    [InlineData("http://host#/v2/a/manifests/t", "")]
    [InlineData("http://host/v2/a#/manifests/t", "")]
    [InlineData(@"http://host\x/v2/a/manifests/t", "")]
    [InlineData("foo:bar://host/v2/a/manifests/t", "")]
    [InlineData("foo://host/v2/a/manifests/t", "")]
    [InlineData("*", "")]
    [InlineData("host:443", "")]
    [InlineData("", "")]
    public void PathOf_Target_IsWhatEveryReaderReads(string target, string expected) => Assert.Equal(expected, RequestTarget.PathOf(target).ToString());
}
