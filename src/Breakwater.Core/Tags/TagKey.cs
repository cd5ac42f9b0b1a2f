namespace Breakwater.Core.Tags;

/// <summary>Key of a tag's digest in the cache.</summary>
internal sealed record TagKey(Guid RepositoryId, string Name);
