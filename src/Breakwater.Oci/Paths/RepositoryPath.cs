namespace Breakwater.Oci;

/// <summary>A path of the distribution API, of <c>/acr/v1</c> or of <c>/acr/v1/_deleted</c>, cut and decoded.</summary>
/// <param name="Repository">The name, valid by the grammar.</param>
/// <param name="Tail">
/// The rest, decoded, without a leading slash: <c>manifests/&lt;reference&gt;</c>, <c>blobs/&lt;digest&gt;</c>, <c>blobs/uploads/</c>,
/// <c>blobs/uploads/&lt;id&gt;</c>, <c>tags/list</c> or <c>referrers/&lt;digest&gt;</c>; of <c>/acr/v1</c> <c>_tags</c>, <c>_tags/&lt;tag&gt;</c>, <c>_manifests</c>,
/// <c>_manifests/&lt;digest&gt;</c> or nothing. Its last segment is not checked, but holds no slash and, if there is a tail, is not empty.
/// </param>
public sealed record RepositoryPath(RepositoryName Repository, string Tail, PathApi Api);
