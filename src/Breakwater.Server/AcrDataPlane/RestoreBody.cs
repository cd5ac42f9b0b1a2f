using System.Text.Json;
using Breakwater.Oci;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>The body of a restore: nothing, or an object whose one member, <c>tag</c>, is a tag or null.</summary>
internal static class RestoreBody
{
    private const int MaxSizeBytes = 64 << 10;

    /// <returns>Null: all tags that the manifest lost.</returns>
    /// <exception cref="OciException"><c>BadRequest</c>, <c>TagInvalid</c> or <c>PayloadTooLarge</c></exception>
    public static async Task<TagName?> ReadTagAsync(HttpContext context) =>
        ParseTag(await RequestBody.ReadAsync(context, MaxSizeBytes, OciErrors.PayloadTooLarge));

    public static TagName? ParseTag(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is the reader's way to say that a text is no Unicode.
            throw Invalid(e);
        }
    }

    private static TagName? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Invalid(null);
        TagName? tag = null;
        var count = 0;
        foreach (var member in body.EnumerateObject())
        {
            if (member.Name != "tag" || ++count > 1 || member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                throw Invalid(null);
            if (member.Value.GetString() is { } text)
                tag = TagName.Parse(text);
        }
        return tag;
    }

    private static OciException Invalid(Exception? inner) =>
        new(OciErrors.BadRequest, "The body is not valid. Send {\"tag\": \"NAME\"}, or nothing for all tags that the manifest lost. Nothing was changed.", inner: inner);
}
