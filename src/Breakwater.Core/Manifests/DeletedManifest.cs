namespace Breakwater.Core.Manifests;

/// <summary>What went with a manifest.</summary>
/// <param name="WasLast">Whether the repository has none any more.</param>
internal sealed record DeletedManifest(string MediaType, IReadOnlyList<string> Tags, bool WasLast);
