namespace Breakwater.Core.Imports;

/// <summary>A manifest as a source sent it.</summary>
/// <param name="MediaType">As its <c>Content-Type</c> said; null when it did not.</param>
internal sealed record SourceManifest(ReadOnlyMemory<byte> Body, string? MediaType);
