namespace Breakwater.Oci;

/// <summary>
/// Decides what kind of manifest a body is, and refuses one that could be read as two (CVE-2021-41190: a body with <c>manifests</c> and <c>layers</c> is an index to one
/// reader and an image to another).
/// </summary>
internal static class ManifestType
{
    private const string Accepted =
        "Use an OCI image manifest or index, or a Docker version 2, schema 2 manifest or manifest list.";

    internal static string Decide(ManifestFields fields, string? contentType)
    {
        string? announced = null;
        if (!string.IsNullOrEmpty(contentType) && !MediaTypes.TryParse(contentType, out announced))
            throw ManifestParser.Invalid($"The request's Content-Type is not a media type. {Accepted}");

        var declared = fields.MediaType;
        RefuseSchema1(fields, announced, declared);
        if (announced is not null && declared is not null && !string.Equals(announced, declared, StringComparison.Ordinal))
            throw ManifestParser.Invalid("The manifest's mediaType is not the request's Content-Type. Send the same in both.");

        var mediaType = declared ?? announced ?? Infer(fields.Present);
        if (!MediaTypes.IsManifest(mediaType))
            throw ManifestParser.Invalid($"Manifests of this media type are not accepted. {Accepted}");
        if (declared is null && mediaType is not (MediaTypes.OciManifest or MediaTypes.OciIndex))
            throw ManifestParser.Invalid("The manifest has no mediaType. Only OCI image manifests and indexes may leave it out.");

        CheckParts(fields.Present, mediaType);
        CheckSchemaVersion(fields.SchemaVersion, mediaType);
        return mediaType;
    }

    private static void RefuseSchema1(ManifestFields fields, string? announced, string? declared)
    {
        if (fields.SchemaVersion == 1
            || fields.Present.HasFlag(ManifestParts.FsLayers)
            || (announced is not null && MediaTypes.IsDockerSchema1(announced))
            || (declared is not null && MediaTypes.IsDockerSchema1(declared)))
        {
            throw ManifestParser.Invalid("Docker image manifests of schema 1 are not accepted. Push the image again with a current client, which writes schema 2 or OCI.");
        }
    }

    private static string Infer(ManifestParts present) => (present & ~ManifestParts.Blobs) switch
    {
        ManifestParts.None => throw ManifestParser.Invalid($"The manifest has no mediaType, and its kind cannot be told. {Accepted}"),
        ManifestParts.Manifests => MediaTypes.OciIndex,
        _ => MediaTypes.OciManifest,
    };

    private static void CheckParts(ManifestParts present, string mediaType)
    {
        var allowed = MediaTypes.IsIndex(mediaType) ? ManifestParts.Manifests
            : mediaType == MediaTypes.OciArtifactManifest ? ManifestParts.Blobs
            : ManifestParts.Config | ManifestParts.Layers;
        var required = allowed & ~(ManifestParts.Layers | ManifestParts.Blobs);
        if ((present & ~allowed) != 0)
            throw ManifestParser.Invalid("The manifest has fields of another kind of manifest: readers could take it for two things.");
        if ((present & required) != required)
            throw ManifestParser.Invalid($"The manifest has no '{(required == ManifestParts.Config ? "config" : "manifests")}'.");
    }

    private static void CheckSchemaVersion(long? schemaVersion, string mediaType)
    {
        // Artifact manifests had no such field.
        if (schemaVersion != 2 && !(schemaVersion is null && mediaType == MediaTypes.OciArtifactManifest))
            throw ManifestParser.Invalid("The manifest's schemaVersion is not 2.");
    }
}
