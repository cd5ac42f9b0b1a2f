using System.Text.Json;

namespace Breakwater.Oci;

/// <summary>Reads a descriptor. OCI image specification, descriptor.md, "Properties".</summary>
internal static class DescriptorReader
{
    private static readonly string[] Names = ["mediaType", "digest", "size", "artifactType", "data"];

    /// <summary>The reader stands on the descriptor's opening brace; afterwards on its closing one.</summary>
    internal static Descriptor Read(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw ManifestParser.Invalid($"'{field}' holds something that is not a descriptor.");

        string? mediaType = null, digest = null, artifactType = null;
        long? size = null;
        byte[]? data = null;
        var names = new FieldNames(Names);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (names.Match(ref reader))
            {
                case 0: mediaType = JsonValues.ReadMediaType(ref reader, "mediaType"); break;
                case 1: digest = JsonValues.ReadString(ref reader, "digest"); break;
                case 2: size = JsonValues.ReadInteger(ref reader, "size"); break;
                case 3: artifactType = JsonValues.ReadMediaType(ref reader, "artifactType"); break;
                case 4: data = ReadData(ref reader); break;
                default: JsonValues.SkipValue(ref reader); break;
            }
        }

        return Check(field, mediaType, digest, size, artifactType, data);
    }

    private static Descriptor Check(string field, string? mediaType, string? digestText, long? size, string? artifactType, byte[]? data)
    {
        if (mediaType is null)
            throw ManifestParser.Invalid($"A descriptor of '{field}' has no mediaType.");
        if (!Digest.TryParse(digestText, out var digest))
            throw ManifestParser.Invalid($"A descriptor of '{field}' has no valid digest. Use sha256 or sha512 in lower-case hexadecimal digits.");
        if (size is not >= 0)
            throw ManifestParser.Invalid($"A descriptor of '{field}' has no size, or a negative one.");
        if (data is not null && (data.Length != size || Digest.Of(digest.Algorithm, data) != digest))
            throw ManifestParser.Invalid($"The data of a descriptor of '{field}' does not match its size and digest.");
        return new Descriptor(mediaType, digest, size.Value, artifactType);
    }

    private static byte[]? ReadData(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var data)
            ? data
            : throw ManifestParser.Invalid("The data of a descriptor is not base64.");
    }
}
