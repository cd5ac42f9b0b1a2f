namespace Breakwater.Oci;

/// <summary>What the registry needs of a descriptor. OCI image specification, descriptor.md.</summary>
/// <param name="MediaType">The type of the content as the manifest gives it; never empty.</param>
/// <param name="Digest">The content's digest.</param>
/// <param name="Size">The content's size in bytes, not negative.</param>
/// <param name="ArtifactType">The type of the artifact that the descriptor points to; null when not given.</param>
public sealed record Descriptor(string MediaType, Digest Digest, long Size, string? ArtifactType = null);
