using System.Security.Cryptography;
using System.Text;

namespace Breakwater.LoadHarness.Registry;

/// <summary>An image manifest's bytes and their digest.</summary>
internal sealed record ImageManifest(byte[] Json, string Digest)
{
    public static readonly byte[] EmptyBlob = "{}"u8.ToArray();
    public static readonly string EmptyBlobDigest = DigestOf(EmptyBlob);

    public static ImageManifest Of(UniqueBlob config, IEnumerable<UniqueBlob> layers)
    {
        var json = Encoding.UTF8.GetBytes(
            $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.ImageManifest}}","config":{{Descriptor(MediaTypes.ImageConfig, config.Digest, config.SizeBytes)}},"layers":[{{string.Join(',', layers.Select(l => Descriptor(MediaTypes.Layer, l.Digest, l.SizeBytes)))}}]}
            """);
        return new ImageManifest(json, DigestOf(json));
    }

    /// <summary>The smallest artifact manifest of the specification: config and layer are the two bytes <c>{}</c>.</summary>
    public static ImageManifest OfEmptyArtifact()
    {
        var empty = Descriptor(MediaTypes.Empty, EmptyBlobDigest, EmptyBlob.Length);
        var json = Encoding.UTF8.GetBytes(
            $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.ImageManifest}}","artifactType":"application/vnd.example.bench","config":{{empty}},"layers":[{{empty}}]}
            """);
        return new ImageManifest(json, DigestOf(json));
    }

    public static string DigestOf(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Descriptor(string mediaType, string digest, long size) =>
        $$"""{"mediaType":"{{mediaType}}","digest":"{{digest}}","size":{{size}}}""";
}
