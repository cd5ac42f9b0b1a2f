using System.Collections.ObjectModel;

namespace Breakwater.Oci;

/// <summary>Makes the result from fields whose kind is decided.</summary>
internal static class ManifestBuilder
{
    internal static ParsedManifest Build(ManifestFields fields, string mediaType)
    {
        var isImage = mediaType is MediaTypes.OciManifest or MediaTypes.DockerManifest;
        if (isImage && fields.Config is null)
            throw ManifestParser.Invalid("The manifest's config is null.");

        var subject = KnowsSubject(mediaType) ? fields.Subject : null;
        return new ParsedManifest
        {
            MediaType = mediaType,
            ArtifactType = fields.ArtifactType ?? fields.Config?.MediaType,
            ConfigMediaType = fields.Config?.MediaType,
            Edges = Edges(fields, subject),
            Subject = subject?.Digest,
            Signature = SignatureClassifier.Classify(fields, mediaType),
            Annotations = fields.Annotations ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty,
        };
    }

    private static List<ManifestEdge> Edges(ManifestFields fields, Descriptor? subject)
    {
        var edges = new EdgeList();
        if (fields.Config is { } config)
            edges.Add(EdgeKind.Config, config, mustExist: true);
        foreach (var layer in fields.Layers ?? fields.Blobs ?? [])
            edges.Add(EdgeKind.Layer, layer, mustExist: !MediaTypes.IsNonDistributable(layer.MediaType));
        foreach (var child in fields.Manifests ?? [])
            edges.Add(EdgeKind.Child, child, mustExist: false);
        if (subject is not null)
            edges.Add(EdgeKind.Subject, subject, mustExist: false);
        return edges.Items;
    }

    private static bool KnowsSubject(string mediaType) =>
        mediaType is MediaTypes.OciManifest or MediaTypes.OciIndex or MediaTypes.OciArtifactManifest;
}
