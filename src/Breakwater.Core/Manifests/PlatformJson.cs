using System.Text.Json;
using Breakwater.Oci;

namespace Breakwater.Core.Manifests;

/// <summary>Reads <c>architecture</c> and <c>os</c> where images state them. It is somebody's content: whatever is odd counts as absent.</summary>
internal static class PlatformJson
{
    // Far more than any registered value has; the texts stand in lists.
    private const int MaxLength = 64;

    /// <summary>Of an image's config.</summary>
    public static Platform OfConfig(ReadOnlyMemory<byte> config)
    {
        try
        {
            using var json = JsonDocument.Parse(config);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is the reader's way to say that an escaped string is no Unicode text.
            return Platform.Unknown;
        }
    }

    /// <summary>The entries of an index that was accepted.</summary>
    public static IReadOnlyList<IndexEntry> OfIndex(ReadOnlyMemory<byte> index)
    {
        using var json = JsonDocument.Parse(index);
        return json.RootElement.TryGetProperty("manifests", out var entries) && entries.ValueKind == JsonValueKind.Array
            ? [.. entries.EnumerateArray().Select(OfEntry)]
            : [];
    }

    private static IndexEntry OfEntry(JsonElement entry)
    {
        var digest = Digest.Parse(entry.GetProperty("digest").GetString());
        try
        {
            return new IndexEntry(digest, entry.TryGetProperty("platform", out var platform) ? Read(platform) : Platform.Unknown);
        }
        catch (InvalidOperationException)
        {
            return new IndexEntry(digest, Platform.Unknown);
        }
    }

    private static Platform Read(JsonElement owner) =>
        owner.ValueKind == JsonValueKind.Object ? new Platform(Text(owner, "architecture"), Text(owner, "os")) : Platform.Unknown;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxLength } text
            ? text
            : null;
}
