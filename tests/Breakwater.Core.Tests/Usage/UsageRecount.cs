using Breakwater.Core.Tests.Installation;
using Dapper;

namespace Breakwater.Core.Tests.Usage;

/// <summary>The rows of content as plain collections, and what follows from them by the definitions: an oracle that is slow and has no figure kept.</summary>
internal sealed class UsageRecount
{
    public Dictionary<string, RepositoryRecount> Repositories { get; } = [];

    public long SizeBytes => Repositories.Values.SelectMany(repository => repository.Blobs).DistinctBy(blob => blob.Key).Sum(blob => blob.Value)
        + Repositories.Values.SelectMany(repository => repository.Manifests.Values).Sum();

    public static Task<UsageRecount> ReadAsync(TestInstallation installation) => installation.Open.Database.ReadAsync(async db =>
    {
        var recount = new UsageRecount();
        foreach (var name in await db.QueryAsync<string>("SELECT name FROM repository"))
            recount.Repositories[name] = new RepositoryRecount();
        foreach (var (name, digest, size) in await db.QueryAsync<(string, string, long)>("SELECT r.name, m.digest, m.size_bytes FROM manifest m JOIN repository r ON r.id = m.repository_id"))
            recount.Repositories[name].Manifests[digest] = size;
        foreach (var (name, tag, digest) in await db.QueryAsync<(string, string, string)>("SELECT r.name, t.name, t.manifest_digest FROM tag t JOIN repository r ON r.id = t.repository_id"))
            recount.Repositories[name].Tags[tag] = digest;
        foreach (var (name, digest, size) in await db.QueryAsync<(string, string, long)>("SELECT r.name, l.digest, o.size_bytes FROM blob_link l JOIN repository r ON r.id = l.repository_id JOIN object o ON o.id = l.object_id"))
            recount.Repositories[name].Blobs[digest] = size;
        foreach (var (name, digest, kind, target) in await db.QueryAsync<(string, string, long, string)>("SELECT r.name, e.manifest_digest, e.kind, e.target FROM manifest_edge e JOIN repository r ON r.id = e.repository_id"))
            recount.Repositories[name].Edges.Add((digest, kind, target));
        return recount;
    });

    public long SharedBytesOf(string name) => Repositories[name].Blobs.Where(blob => IsElsewhere(name, blob.Key)).Sum(blob => blob.Value);

    /// <summary>All of a tag, and what nothing else holds: neither a manifest that is none of its own, with all that follows, nor another tag, nor another repository.</summary>
    public (long Bytes, long Unique) SizeOf(string name, string tag)
    {
        var repository = Repositories[name];
        var whole = repository.From(repository.Tags[tag]);
        var others = repository.Manifests.Keys.Where(digest => !whole.Contains(digest)).Concat(repository.Tags.Where(other => other.Key != tag).Select(other => other.Value));
        var held = others.SelectMany(repository.From).ToHashSet();
        var own = whole.Where(digest => !held.Contains(digest)).ToHashSet();
        var blobs = repository.BlobsOf(whole);
        var rest = repository.BlobsOf(repository.Manifests.Keys.Where(digest => !own.Contains(digest)));
        return (
            whole.Sum(digest => repository.Manifests[digest]) + blobs.Sum(digest => repository.Blobs[digest]),
            own.Sum(digest => repository.Manifests[digest]) + blobs.Where(digest => !rest.Contains(digest) && !IsElsewhere(name, digest)).Sum(digest => repository.Blobs[digest]));
    }

    private bool IsElsewhere(string name, string digest) => Repositories.Any(other => other.Key != name && other.Value.Blobs.ContainsKey(digest));
}
