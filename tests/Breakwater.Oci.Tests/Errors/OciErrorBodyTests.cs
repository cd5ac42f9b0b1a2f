using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Breakwater.Oci.Tests.Errors;

public sealed class OciErrorBodyTests
{
    [Fact]
    public void Serialize_WithoutDetail_LeavesDetailOut() => Assert.Equal(
        """{"errors":[{"code":"BLOB_UNKNOWN","message":"The blob is not in this repository."}]}""",
        Encoding.UTF8.GetString(OciErrorBody.Serialize(OciErrors.BlobUnknown)));

    [Fact]
    public void Serialize_WithDetail_WritesAnyJson()
    {
        var detail = new JsonObject { ["digest"] = "sha256:x", ["sizes"] = new JsonArray(1, 2) };
        Assert.Equal(
            """{"errors":[{"code":"DENIED","message":"No.","detail":{"digest":"sha256:x","sizes":[1,2]}}]}""",
            Encoding.UTF8.GetString(OciErrorBody.Serialize(OciErrors.Denied, "No.", detail)));
    }

    [Theory]
    [InlineData("text", "\"text\"")]
    [InlineData(12L, "12")]
    [InlineData(new[] { "a", "b" }, """["a","b"]""")]
    public void Serialize_PlainDetail_IsWrittenAsJson(object detail, string expected)
    {
        using var json = JsonDocument.Parse(OciErrorBody.Serialize(OciErrors.Denied, null, detail));
        Assert.Equal(expected, json.RootElement.GetProperty("errors")[0].GetProperty("detail").GetRawText());
    }

    [Property]
    public void Serialize_AnyMessage_IsEscaped(NonNull<string> message)
    {
        using var json = JsonDocument.Parse(OciErrorBody.Serialize(OciErrors.Denied, message.Get));
        var read = json.RootElement.GetProperty("errors")[0].GetProperty("message").GetString();
        Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(message.Get)), read);
    }
}
