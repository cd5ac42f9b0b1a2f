using System.Text.Json;
using Breakwater.Core.Manifests;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>A manifest's properties as ACR writes them. What is unknown is absent.</summary>
internal static class ManifestJson
{
    public static void Write(Utf8JsonWriter json, ManifestProperties manifest)
    {
        json.WriteString("digest", manifest.Digest);
        json.WriteNumber("imageSize", manifest.ImageSizeBytes);
        AcrJson.WriteTimes(json, manifest.CreatedAt, manifest.UpdatedAt);
        WritePlatform(json, manifest.Platform);
        json.WriteString("mediaType", manifest.MediaType);
        if (manifest.ConfigMediaType is not null)
            json.WriteString("configMediaType", manifest.ConfigMediaType);
        if (manifest.Tags.Count > 0)
            AcrJson.WriteTexts(json, "tags", manifest.Tags);
        AcrJson.WriteUse(json, manifest.PullCount, manifest.LastPulledAt, manifest.PushedAt);
        AcrJson.WriteAttributes(json, manifest.Locks);
        if (manifest.References is not null)
            AcrJson.WriteArray(json, "references", manifest.References, WriteReference);
    }

    private static void WriteReference(Utf8JsonWriter json, IndexEntry entry)
    {
        json.WriteString("digest", entry.Digest.Value);
        WritePlatform(json, entry.Platform);
    }

    private static void WritePlatform(Utf8JsonWriter json, Platform platform)
    {
        if (platform.Architecture is not null)
            json.WriteString("architecture", platform.Architecture);
        if (platform.System is not null)
            json.WriteString("os", platform.System);
    }
}
