namespace Breakwater.Core.Blobs;

/// <summary>Key of a link in the cache.</summary>
internal sealed record BlobKey(Guid RepositoryId, string Digest);
