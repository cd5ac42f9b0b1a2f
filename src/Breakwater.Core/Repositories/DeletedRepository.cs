namespace Breakwater.Core.Repositories;

/// <summary>What went with a repository.</summary>
public sealed record DeletedRepository(IReadOnlyList<string> Manifests, IReadOnlyList<string> Tags);
