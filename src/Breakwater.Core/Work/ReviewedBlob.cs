namespace Breakwater.Core.Work;

/// <summary>What a review decides, and why.</summary>
/// <param name="Until">When it is looked at again; null: now or never.</param>
public sealed record ReviewedBlob(Guid RepositoryId, string Repository, string Digest, long SizeBytes, ReviewOutcome Outcome, DateTimeOffset? Until);
