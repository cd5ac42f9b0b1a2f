using System.Text.Json;
using System.Text.Unicode;

namespace Breakwater.Oci;

/// <summary>
/// Reads the manifests that the registry accepts: OCI image manifests and indexes, Docker schema 2 and manifest lists, OCI artifact manifests. Strict where two
/// readers could understand one body differently: duplicate fields, fields that differ by case, fields of another kind of manifest, a type that differs from the
/// request's. Lenient elsewhere: unknown fields are skipped, and null stands for absent. The bytes themselves are stored by others, as they came.
/// </summary>
public static class ManifestParser
{
    /// <summary>4 MiB: the least that the specification asks for ("Pushing Manifests"), and what other registries allow.</summary>
    public const int MaxSizeBytes = 4 << 20;

    /// <summary>Levels of nesting. Known fields need five; the rest is room for unknown ones.</summary>
    public const int MaxDepth = 32;

    /// <summary>Pieces of content that a manifest may name, duplicates included.</summary>
    public const int MaxEdges = 10_000;

    /// <summary>Annotations that a manifest may carry.</summary>
    public const int MaxAnnotations = 10_000;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <param name="body">The bytes as they came.</param>
    /// <param name="contentType">The request's <c>Content-Type</c>; null when absent. Parameters are ignored.</param>
    /// <exception cref="OciException"><see cref="OciErrors.ManifestInvalid"/> or <see cref="OciErrors.ManifestTooLarge"/>.</exception>
    public static ParsedManifest Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (body.Length > MaxSizeBytes)
            throw new OciException(OciErrors.ManifestTooLarge);
        if (!Utf8.IsValid(body.Span))
            throw Invalid("The manifest is not valid UTF-8.");

        var fields = ReadFields(body.Span);
        var mediaType = ManifestType.Decide(fields, contentType);
        return ManifestBuilder.Build(fields, mediaType);
    }

    internal static OciException Invalid(string message, Exception? inner = null) => new(OciErrors.ManifestInvalid, message, inner: inner);

    private static ManifestFields ReadFields(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            reader.Read();
            var fields = ManifestFields.Read(ref reader);
            reader.Read();
            return fields;
        }
        catch (JsonException e)
        {
            throw Invalid($"The manifest is not valid JSON, or is nested deeper than {MaxDepth} levels.", e);
        }
        catch (InvalidOperationException e)
        {
            // The reader's way to say that an escaped string is no Unicode text, as a lone surrogate is not.
            throw Invalid("The manifest holds a string that is not valid Unicode.", e);
        }
    }
}
