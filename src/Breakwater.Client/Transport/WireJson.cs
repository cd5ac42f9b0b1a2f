using System.Text.Json;
using System.Text.Json.Serialization;

namespace Breakwater.Client.Transport;

/// <summary>How bodies are read and written: camelCase, nothing for null.</summary>
public static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
