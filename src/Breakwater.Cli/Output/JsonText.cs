using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breakwater.Cli.Output;

/// <summary>How JSON is written.</summary>
internal static class JsonText
{
    // Terminals and scripts are no web pages: only what JSON itself demands is escaped, which includes all control characters.
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
