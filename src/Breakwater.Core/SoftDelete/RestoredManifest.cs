using Breakwater.Oci;

namespace Breakwater.Core.SoftDelete;

/// <summary>What a restore brought back.</summary>
/// <param name="Manifests">It and the children that came with it; without it when only a tag was missing.</param>
/// <param name="Tags">That mean it now.</param>
public sealed record RestoredManifest(Digest Digest, string MediaType, IReadOnlyList<Digest> Manifests, IReadOnlyList<TagName> Tags);
