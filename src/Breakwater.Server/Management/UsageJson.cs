using Breakwater.Core.Usage;

namespace Breakwater.Server.Management;

/// <summary>Figures of use as they are answered. What never happened is absent.</summary>
internal static class UsageJson
{
    public static object Render(RegistryTotals totals) => new
    {
        sizeBytes = totals.SizeBytes,
        repositoryCount = totals.RepositoryCount,
        manifestCount = totals.ManifestCount,
        tagCount = totals.TagCount,
        pullCount = totals.PullCount,
        pushCount = totals.PushCount,
        lastPullTime = totals.LastPulledAt,
        lastPushTime = totals.LastPushedAt,
        countedSince = totals.CountedSince,
    };

    public static object Render(RepositoryUsage repository) => new
    {
        name = repository.Name,
        sizeBytes = repository.SizeBytes,
        uniqueBytes = repository.UniqueBytes,
        sharedBytes = repository.SharedBytes,
        manifestCount = repository.ManifestCount,
        tagCount = repository.TagCount,
        pullCount = repository.PullCount,
        pushCount = repository.PushCount,
        lastPullTime = repository.LastPulledAt,
        lastPushTime = repository.LastPushedAt,
    };

    public static object Render(TagUsage tag) => new
    {
        name = tag.Name,
        digest = tag.Digest,
        sizeBytes = tag.Size?.Bytes,
        uniqueBytes = tag.Size?.UniqueBytes,
        sharedBytes = tag.Size?.SharedBytes,
        pullCount = tag.PullCount,
        lastPullTime = tag.LastPulledAt,
        manifestPullCount = tag.ManifestPullCount,
        manifestLastPullTime = tag.ManifestLastPulledAt,
        lastPushTime = tag.LastPushedAt,
    };
}
