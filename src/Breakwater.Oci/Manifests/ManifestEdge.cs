namespace Breakwater.Oci;

/// <summary>One piece of content that a manifest names.</summary>
/// <param name="Kind">In what role.</param>
/// <param name="Target">The content's digest.</param>
/// <param name="MediaType">The content's type as the manifest gives it.</param>
/// <param name="SizeBytes">The content's size as the manifest gives it; not checked against the content.</param>
/// <param name="MustExist">
/// Whether the content must be in the repository: configs and layers, but no non-distributable layers. Children may be absent
/// (sparse indexes), and so may the subject (distribution specification, "Push").
/// </param>
public sealed record ManifestEdge(EdgeKind Kind, Digest Target, string MediaType, long SizeBytes, bool MustExist);
