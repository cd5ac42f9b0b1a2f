using System.Text;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Breakwater.Server.AcrDataPlane;

namespace Breakwater.Server.Tests.AcrDataPlane;

public sealed class AttributeBodyTests
{
    private static ItemChange Parse(string body) => AttributeBody.Parse(Encoding.UTF8.GetBytes(body));

    [Fact]
    public void Parse_Attributes_AreTakenAndTheRestIsLeft()
    {
        Assert.Equal(new ItemChange(), Parse("{}"));
        Assert.Equal(new ItemChange(WriteEnabled: false), Parse("""{"writeEnabled":false}"""));
        Assert.Equal(new ItemChange(true, false, true, false), Parse(""" {"readEnabled":true,"deleteEnabled":true, "writeEnabled":false,"listEnabled":false} """));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("x", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}{}", "not valid JSON")]
    [InlineData("""{"writeEnabled":false}x""", "not valid JSON")]
    [InlineData("""{"\ud800":false}""", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("true", "not a JSON object")]
    [InlineData("""{"writeEnabled":"false"}""", "writeEnabled is neither")]
    [InlineData("""{"writeEnabled":0}""", "writeEnabled is neither")]
    [InlineData("""{"writeEnabled":null}""", "writeEnabled is neither")]
    [InlineData("""{"listEnabled":{}}""", "listEnabled is neither")]
    [InlineData("""{"readEnabled":[false]}""", "readEnabled is neither")]
    [InlineData("""{"writeEnabled":true,"writeEnabled":false}""", "writeEnabled is given twice")]
    [InlineData("""{"WriteEnabled":false}""", "'WriteEnabled' is not an attribute")]
    [InlineData("""{"writeEnabled":false,"writable":false}""", "'writable' is not an attribute")]
    [InlineData("""{"changeableAttributes":{"writeEnabled":false}}""", "'changeableAttributes' is not an attribute")]
    [InlineData("""{"quarantineState":"Passed"}""", "quarantineState cannot be set")]
    [InlineData("""{"quarantineDetails":"{}"}""", "quarantineDetails cannot be set")]
    public void Parse_AnythingElse_IsRefusedWithAReason(string body, string reason)
    {
        var refused = Assert.Throws<OciException>(() => Parse(body));
        Assert.Same(OciErrors.BadRequest, refused.Error);
        Assert.Contains(reason, refused.ClientMessage, StringComparison.Ordinal);
    }
}
