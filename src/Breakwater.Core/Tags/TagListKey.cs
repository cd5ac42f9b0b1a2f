namespace Breakwater.Core.Tags;

/// <summary>Key of a repository's whole tag list in the cache.</summary>
internal sealed record TagListKey(Guid RepositoryId);
