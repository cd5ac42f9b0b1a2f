namespace Breakwater.Oci;

/// <summary>In what role a manifest names other content.</summary>
public enum EdgeKind
{
    /// <summary>The blob of an image manifest's <c>config</c>.</summary>
    Config,

    /// <summary>A blob of <c>layers</c>, or of an artifact manifest's <c>blobs</c>.</summary>
    Layer,

    /// <summary>An entry of an index's <c>manifests</c>.</summary>
    Child,

    /// <summary>The manifest that this one refers to.</summary>
    Subject,
}
