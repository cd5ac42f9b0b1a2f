namespace Breakwater.Core.Manifests;

/// <summary>Key of a manifest in the cache.</summary>
internal sealed record ManifestKey(Guid RepositoryId, string Digest);
