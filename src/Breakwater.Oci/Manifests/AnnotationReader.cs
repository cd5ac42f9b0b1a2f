using System.Text.Json;

namespace Breakwater.Oci;

/// <summary>Reads annotations: text to text. OCI image specification, annotations.md, "Rules".</summary>
internal static class AnnotationReader
{
    internal static Dictionary<string, string>? Read(ref Utf8JsonReader reader)
    {
        if (!JsonValues.EnterObject(ref reader, "annotations"))
            return null;
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            var value = JsonValues.ReadString(ref reader, "annotations") ?? throw ManifestParser.Invalid("An annotation's value is not a string.");
            if (!annotations.TryAdd(key, value))
                throw ManifestParser.Invalid("An annotation is given twice.");
            if (annotations.Count > ManifestParser.MaxAnnotations)
                throw ManifestParser.Invalid($"The manifest has more than {ManifestParser.MaxAnnotations} annotations.");
        }

        return annotations;
    }
}
