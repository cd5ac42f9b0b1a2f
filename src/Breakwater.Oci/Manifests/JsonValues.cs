using System.Text.Json;

namespace Breakwater.Oci;

/// <summary>Values of fields that matter. The reader stands on the field's name; afterwards it stands on the value's last token. Null is absent.</summary>
internal static class JsonValues
{
    /// <summary>RFC 6838 section 4.2: 127 characters each for type and subtype.</summary>
    private const int MaxMediaTypeLength = 255;

    internal static string? ReadString(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw ManifestParser.Invalid($"'{field}' is not a string."),
        };
    }

    /// <summary>A media type or artifact type; empty is absent. It goes into rows and lists, so its form is bounded, but no registered name is asked for.</summary>
    internal static string? ReadMediaType(ref Utf8JsonReader reader, string field)
    {
        var text = ReadString(ref reader, field);
        if (string.IsNullOrEmpty(text))
            return null;
        return text.Length <= MaxMediaTypeLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? text
            : throw ManifestParser.Invalid($"'{field}' is not a media type: more than {MaxMediaTypeLength} characters, or other than printable ASCII.");
    }

    internal static long? ReadInteger(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out var value) => value,
            JsonTokenType.Null => null,
            _ => throw ManifestParser.Invalid($"'{field}' is not a whole number of 64 bits."),
        };
    }

    /// <summary>Moves to the value; true when it is an object to read, false for null.</summary>
    internal static bool EnterObject(ref Utf8JsonReader reader, string field) => Enter(ref reader, JsonTokenType.StartObject, field, "an object");

    /// <summary>Moves to the value; true when it is an array to read, false for null.</summary>
    internal static bool EnterArray(ref Utf8JsonReader reader, string field) => Enter(ref reader, JsonTokenType.StartArray, field, "an array");

    internal static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static bool Enter(ref Utf8JsonReader reader, JsonTokenType start, string field, string what)
    {
        reader.Read();
        if (reader.TokenType == start)
            return true;
        return reader.TokenType == JsonTokenType.Null ? false : throw ManifestParser.Invalid($"'{field}' is not {what}.");
    }
}
