namespace Breakwater.Oci;

/// <summary>A path of the distribution API, cut and decoded.</summary>
/// <param name="Repository">The name, valid by the grammar.</param>
/// <param name="Tail">
/// The rest, decoded, without a leading slash: <c>manifests/&lt;reference&gt;</c>, <c>blobs/&lt;digest&gt;</c>, <c>blobs/uploads/</c>,
/// <c>blobs/uploads/&lt;id&gt;</c>, <c>tags/list</c> or <c>referrers/&lt;digest&gt;</c>. Its last segment is not checked, but is never empty and holds no slash.
/// </param>
public sealed record RepositoryPath(RepositoryName Repository, string Tail);
