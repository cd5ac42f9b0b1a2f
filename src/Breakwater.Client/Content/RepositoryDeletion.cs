namespace Breakwater.Client.Content;

/// <summary>What went with a repository.</summary>
public sealed record RepositoryDeletion(IReadOnlyList<string> ManifestsDeleted, IReadOnlyList<string> TagsDeleted);
