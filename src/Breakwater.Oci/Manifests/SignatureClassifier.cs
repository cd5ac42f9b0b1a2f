namespace Breakwater.Oci;

/// <summary>
/// Decides by content alone whether a manifest is a signature. It looks at every descriptor of the body, also at those of which
/// <see cref="ParsedManifest.Edges"/> keeps one: a client reads them all.
/// </summary>
internal static class SignatureClassifier
{
    internal static ManifestSignature Classify(ManifestFields fields, string mediaType)
    {
        var kind = KindOf(fields);
        return new ManifestSignature(kind, kind != SignatureKind.None && IsPure(fields, mediaType));
    }

    // A signature is the more demanding of the two: whoever may attest only must not sign on the side.
    private static SignatureKind KindOf(ManifestFields fields)
    {
        var found = SignatureKind.None;
        foreach (var type in Types(fields))
        {
            var kind = SignatureTypes.KindOf(type);
            if (kind == SignatureKind.Signature)
                return kind;
            if (kind != SignatureKind.None)
                found = kind;
        }
        return found;
    }

    private static IEnumerable<string?> Types(ManifestFields fields)
    {
        yield return fields.ArtifactType;
        yield return fields.Config?.MediaType;
        foreach (var content in Content(fields))
            yield return content.MediaType;
        // The list that stands in for the referrers API names what its manifests are (distribution specification, "Referrers Tag Schema").
        foreach (var child in fields.Manifests ?? [])
            yield return child.ArtifactType;
    }

    private static IEnumerable<Descriptor> Content(ManifestFields fields) => fields.Layers ?? fields.Blobs ?? Enumerable.Empty<Descriptor>();

    private static bool IsPure(ManifestFields fields, string mediaType) => mediaType switch
    {
        MediaTypes.OciIndex => fields.Manifests is { Count: > 0 } && fields.Manifests.TrueForAll(child => SignatureTypes.KindOf(child.ArtifactType) != SignatureKind.None),
        MediaTypes.OciManifest or MediaTypes.OciArtifactManifest => IsHarmlessConfig(fields.Config?.MediaType) && Content(fields).Any() && Content(fields).All(content => SignatureTypes.IsPayload(content.MediaType)),
        _ => false,
    };

    // cosign gives its signatures the config of an image.
    private static bool IsHarmlessConfig(string? mediaType) =>
        mediaType is null or MediaTypes.OciEmpty or MediaTypes.OciConfig || SignatureTypes.KindOf(mediaType) != SignatureKind.None;
}
