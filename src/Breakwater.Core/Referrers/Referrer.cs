using Breakwater.Oci;

namespace Breakwater.Core.Referrers;

/// <summary>A manifest whose subject is another one, as the referrers list describes it.</summary>
/// <param name="ArtifactType">Null for an index that states none.</param>
/// <param name="Annotations">The manifest's annotations.</param>
public sealed record Referrer(Digest Digest, string MediaType, long SizeBytes, string? ArtifactType, IReadOnlyDictionary<string, string> Annotations);
