using System.Text;
using Breakwater.Oci;
using Breakwater.Server.AcrDataPlane;

namespace Breakwater.Server.Tests.AcrDataPlane;

public sealed class RestoreBodyTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("""{"tag":null}""", null)]
    [InlineData("""{"tag":"v1"}""", "v1")]
    public void Parse_TagOrNone_IsTaken(string body, string? tag) => Assert.Equal(tag, RestoreBody.ParseTag(Encoding.UTF8.GetBytes(body))?.Value);

    [Theory]
    [InlineData("[]")]
    [InlineData("v1")]
    [InlineData("\"v1\"")]
    [InlineData("""{"tag":1}""")]
    [InlineData("""{"tag":["v1"]}""")]
    [InlineData("""{"tags":"v1"}""")]
    [InlineData("""{"tag":"v1","tag":"v2"}""")]
    [InlineData("""{"tag":"v1","tag":null}""")]
    [InlineData("""{"tag":"\ud800"}""")]
    [InlineData("""{"tag":"v1"} x""")]
    public void Parse_AnythingElse_IsRefused(string body) =>
        Assert.Same(OciErrors.BadRequest, Assert.Throws<OciException>(() => RestoreBody.ParseTag(Encoding.UTF8.GetBytes(body))).Error);

    [Theory]
    [InlineData("")]
    [InlineData("-v1")]
    [InlineData("a/b")]
    public void Parse_NoTag_IsRefused(string tag) =>
        Assert.Same(OciErrors.TagInvalid, Assert.Throws<OciException>(() => RestoreBody.ParseTag(Encoding.UTF8.GetBytes($$"""{"tag":"{{tag}}"}"""))).Error);
}
