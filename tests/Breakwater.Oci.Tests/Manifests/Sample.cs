using System.Text;

namespace Breakwater.Oci.Tests.Manifests;

/// <summary>Bodies and descriptors as clients write them.</summary>
internal static class Sample
{
    internal static Digest DigestOf(string content) => Digest.Of(DigestAlgorithm.Sha256, Encoding.UTF8.GetBytes(content));

    internal static Digest Sha512Of(string content) => Digest.Of(DigestAlgorithm.Sha512, Encoding.UTF8.GetBytes(content));

    internal static string Descriptor(string mediaType, string content = "x", string more = "") =>
        Descriptor(mediaType, DigestOf(content), content.Length, more);

    internal static string Descriptor(string mediaType, Digest digest, long size, string more = "") =>
        $$"""{"mediaType":"{{mediaType}}","digest":"{{digest}}","size":{{size}}{{more}}}""";

    internal static string Image(string more = "", string? config = null, string? layers = null) =>
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}",
         "config":{{config ?? Descriptor(MediaTypes.OciConfig, "config")}},
         "layers":{{layers ?? $"[{Descriptor(MediaTypes.OciLayerGzip, "layer 1")},{Descriptor(MediaTypes.OciLayerGzip, "layer 2")}]"}}{{more}}}
        """;

    internal static string Index(string more = "", string? manifests = null) =>
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}",
         "manifests":{{manifests ?? $"[{Descriptor(MediaTypes.OciManifest, "image 1")},{Descriptor(MediaTypes.OciManifest, "image 2")}]"}}{{more}}}
        """;

    internal static ParsedManifest Parse(string body, string? contentType = null) =>
        ManifestParser.Parse(Encoding.UTF8.GetBytes(body), contentType);

    internal static OciException Refused(string body, string? contentType = null)
    {
        var exception = Assert.Throws<OciException>(() => Parse(body, contentType));
        Assert.Same(OciErrors.ManifestInvalid, exception.Error);
        return exception;
    }
}
