namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>What a registry with a recycle bin is, in plain collections: the oracle of <see cref="BinHistoryTests"/>.</summary>
internal sealed class BinModel
{
    public bool IsEnabled { get; set; } = true;

    public int Days { get; set; } = 7;

    /// <summary>Manifests that are there, by repository and digest, each with its body.</summary>
    public Dictionary<(string Repository, string Digest), byte[]> Live { get; } = [];

    public Dictionary<(string Repository, string Tag), string> Tags { get; } = [];

    public Dictionary<(string Repository, string Digest), (byte[] Body, DateTimeOffset At)> Bin { get; } = [];

    /// <summary>Deleted tags in the order of their deletions.</summary>
    public List<(string Repository, string Tag, string Digest, DateTimeOffset At)> BinTags { get; } = [];

    public IEnumerable<string> TagsOf(string repository, string digest) => Tags.Where(tag => tag.Key.Repository == repository && tag.Value == digest).Select(tag => tag.Key.Tag).Order(StringComparer.Ordinal);

    public void Push(string repository, string digest, byte[] body, string? tag)
    {
        Live[(repository, digest)] = body;
        Bin.Remove((repository, digest));
        if (tag is not null)
            SetTag(repository, tag, digest);
    }

    public void SetTag(string repository, string tag, string digest)
    {
        Tags[(repository, tag)] = digest;
        BinTags.RemoveAll(item => (item.Repository, item.Tag, item.Digest) == (repository, tag, digest));
    }

    public void DeleteTag(string repository, string tag, DateTimeOffset now)
    {
        if (!Tags.Remove((repository, tag), out var digest) || !IsEnabled)
            return;
        BinTags.RemoveAll(item => (item.Repository, item.Tag, item.Digest) == (repository, tag, digest));
        BinTags.Add((repository, tag, digest, now));
    }

    public void Delete(string repository, string digest, DateTimeOffset now)
    {
        foreach (var tag in TagsOf(repository, digest).ToList())
            DeleteTag(repository, tag, now);
        Live.Remove((repository, digest), out var body);
        if (IsEnabled)
            Bin[(repository, digest)] = (body!, now);
        else
            BinTags.RemoveAll(item => item.Repository == repository && item.Digest == digest);
    }

    /// <returns>The tags that it has then, of those that were to come back.</returns>
    public IReadOnlyList<string> Restore(string repository, string digest, string? tag, DateTimeOffset now)
    {
        var deletedAt = Bin[(repository, digest)].At;
        Live[(repository, digest)] = Bin[(repository, digest)].Body;
        Bin.Remove((repository, digest));
        string[] tags = tag is not null ? [tag] : [.. BinTags.Where(item => item.Repository == repository && item.Digest == digest && item.At == deletedAt).Select(item => item.Tag).Order(StringComparer.Ordinal)];
        foreach (var name in tags)
        {
            DeleteTag(repository, name, now);
            SetTag(repository, name, digest);
        }
        return tags;
    }

    public void Expire(DateTimeOffset now)
    {
        foreach (var key in Bin.Where(item => item.Value.At + TimeSpan.FromDays(Days) <= now).Select(item => item.Key).ToList())
        {
            Bin.Remove(key);
            BinTags.RemoveAll(item => (item.Repository, item.Digest) == key);
        }
        BinTags.RemoveAll(item => item.At + TimeSpan.FromDays(Days) <= now);
    }
}
