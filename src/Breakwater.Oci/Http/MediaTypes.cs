using System.Diagnostics.CodeAnalysis;

namespace Breakwater.Oci;

/// <summary>
/// The media types that the registry knows by name. OCI image specification, media-types.md; Docker image manifest version 2, schema 2. All
/// questions take an essence as <see cref="TryParse"/> makes it: lower case, no parameters.
/// </summary>
public static class MediaTypes
{
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string OciEmpty = "application/vnd.oci.empty.v1+json";
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar";
    public const string OciLayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string OciLayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";

    /// <summary>Dropped before version 1.1 of the image specification; accepted because manifests of that form exist.</summary>
    public const string OciArtifactManifest = "application/vnd.oci.artifact.manifest.v1+json";

    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";
    public const string DockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>Schema 1, refused: <see cref="OciErrors.ManifestInvalid"/>.</summary>
    public const string DockerManifestV1 = "application/vnd.docker.distribution.manifest.v1+json";

    /// <summary>Schema 1 with a signature, refused.</summary>
    public const string DockerManifestV1Signed = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    public const string OciForeignLayer = "application/vnd.oci.image.layer.nondistributable.v1.tar";
    public const string OciForeignLayerGzip = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";
    public const string OciForeignLayerZstd = "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd";
    public const string DockerForeignLayer = "application/vnd.docker.image.rootfs.foreign.diff.tar";
    public const string DockerForeignLayerGzip = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    /// <summary>Whether the type is a list of manifests.</summary>
    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerManifestList;

    /// <summary>Whether the registry accepts manifests of the type, indexes included.</summary>
    public static bool IsManifest(string mediaType) =>
        mediaType is OciManifest or DockerManifest or OciArtifactManifest || IsIndex(mediaType);

    /// <summary>Whether the type is Docker's schema 1, which the registry refuses.</summary>
    public static bool IsDockerSchema1(string mediaType) => mediaType is DockerManifestV1 or DockerManifestV1Signed;

    /// <summary>Whether the type is a layer that clients fetch from elsewhere, so that a manifest may name it without its being here.</summary>
    public static bool IsNonDistributable(string mediaType) => mediaType
        is OciForeignLayer or OciForeignLayerGzip or OciForeignLayerZstd or DockerForeignLayer or DockerForeignLayerGzip;

    /// <summary>The type and subtype of a <c>Content-Type</c> header: parameters stripped, lower case. RFC 9110 section 8.3.1.</summary>
    public static bool TryParse([NotNullWhen(true)] string? contentTypeHeader, [NotNullWhen(true)] out string? essence)
    {
        var text = contentTypeHeader.AsSpan();
        var semicolon = text.IndexOf(';');
        text = (semicolon < 0 ? text : text[..semicolon]).Trim(" \t");
        essence = MediaTypeGrammar.IsEssence(text) ? MediaTypeGrammar.ToLower(text, contentTypeHeader!) : null;
        return essence is not null;
    }
}
