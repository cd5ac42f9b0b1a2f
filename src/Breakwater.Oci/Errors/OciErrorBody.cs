using System.Buffers;
using System.Text.Json;

namespace Breakwater.Oci;

/// <summary>
/// The body of every refusal: <c>{"errors":[{"code":…,"message":…,"detail":…}]}</c>. Distribution specification, "Error Codes".
/// <c>detail</c> is left out when null; it may be a string, a number, a <c>JsonNode</c>, a <c>JsonElement</c>, or whatever System.Text.Json writes.
/// </summary>
public static class OciErrorBody
{
    public const string ContentType = "application/json";

    public static void Write(IBufferWriter<byte> output, OciErrorCode error, string? message = null, object? detail = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("errors"u8);
        json.WriteStartObject();
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, message ?? error.Message);
        if (detail is not null)
        {
            json.WritePropertyName("detail"u8);
            JsonSerializer.Serialize(json, detail, detail.GetType());
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static byte[] Serialize(OciErrorCode error, string? message = null, object? detail = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, error, message, detail);
        return output.WrittenSpan.ToArray();
    }
}
