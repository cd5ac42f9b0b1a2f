namespace Breakwater.Oci;

/// <summary>What the registry keeps of a manifest beside its bytes.</summary>
public sealed class ParsedManifest
{
    /// <summary>One of the types of <see cref="MediaTypes.IsManifest"/>: from the body, else the request, else inferred.</summary>
    public required string MediaType { get; init; }

    /// <summary>
    /// As a list of referrers shows it (distribution specification, "Listing Referrers"): the manifest's own <c>artifactType</c>; when empty or missing, the
    /// config's media type for an image manifest and null for an index.
    /// </summary>
    public string? ArtifactType { get; init; }

    /// <summary>The media type of an image manifest's config; null for other manifests.</summary>
    public string? ConfigMediaType { get; init; }

    /// <summary>In the order of the body, config first and subject last; one edge per kind and digest.</summary>
    public required IReadOnlyList<ManifestEdge> Edges { get; init; }

    /// <summary>The manifest that this one refers to; null for none, and for Docker's types, which know no subject.</summary>
    public Digest? Subject { get; init; }

    /// <summary>Whether clients that verify would take it for a signature.</summary>
    public ManifestSignature Signature { get; init; }

    /// <summary>The manifest's own annotations; empty for none.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }
}
