using Breakwater.Core.Repositories;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Model;

/// <summary>Asks an installation for everything that the model knows.</summary>
internal sealed class RegistryComparison(TestInstallation installation, RegistryModel model, Random random)
{
    /// <summary>Reads everything that the model knows, and what it says is not there.</summary>
    public async Task RunAsync()
    {
        Assert.Equal(model.SizeBytes(), await installation.QueryAsync<long>("SELECT size_bytes FROM registry"));
        foreach (var name in RegistryHistory.Names)
        {
            var repository = model.At(name);
            if (!await CompareReadLockAsync(name, repository))
                continue;
            foreach (var digest in model.Contents.Keys.Where(d => repository.Blobs.Contains(d) || random.Next(3) == 0))
                await CompareBlobAsync(name, repository, digest);
            foreach (var tag in RegistryHistory.TagNames)
                await CompareTagAsync(name, repository, tag);
            foreach (var (digest, manifest) in repository.Manifests.Where(m => !repository.IsLocked(ItemLocks.Read, m.Key)))
                Same.Bytes(manifest.Body, (await FindAsync(name, digest))!.Body);
            await CompareListsAsync(name, repository);
        }
        await CompareNamesAsync(RegistryHistory.Names.Where(name => model.At(name).Manifests.Count > 0 && !model.At(name).IsLocked(ItemLocks.List, "")), limit => installation.CatalogAsync(limit: limit));
        foreach (var (id, upload) in model.Uploads)
            Assert.Equal(upload.Content.Count, (await installation.Open.Uploads.FindAsync(installation.At(upload.Repository), id, default)).SizeBytes);
    }

    private async Task<bool> CompareReadLockAsync(string name, RepositoryModel repository)
    {
        if (!repository.IsLocked(ItemLocks.Read, ""))
            return true;
        await AssertErrorAsync(OciErrors.OperationDisallowed, async () => await FindAsync(name, "v1"));
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => installation.PullAsync(name, DigestOf([1])));
        return false;
    }

    private async Task CompareTagAsync(string name, RepositoryModel repository, string tag)
    {
        var digest = repository.Tags.GetValueOrDefault(tag);
        if (digest is not null && repository.IsLocked(ItemLocks.Read, tag, digest))
            await AssertErrorAsync(OciErrors.OperationDisallowed, async () => await FindAsync(name, tag));
        else
            Assert.Equal(digest, (await FindAsync(name, tag))?.Digest.Value);
    }

    private async Task CompareBlobAsync(string name, RepositoryModel repository, string digest)
    {
        var content = await installation.PullAsync(name, Digest.Parse(digest));
        Assert.Equal(repository.Blobs.Contains(digest), content is not null);
        if (content is not null)
            Same.Bytes(model.Contents[digest], content);
    }

    private async Task CompareListsAsync(string name, RepositoryModel repository)
    {
        if (repository.Manifests.Count > 0)
            await CompareNamesAsync(repository.Tags.Keys.Where(tag => !repository.IsLocked(ItemLocks.List, tag)), limit => installation.TagsAsync(name, limit: limit));
        foreach (var subject in repository.Manifests.Values.Where(m => m.Subject is not null).Select(m => m.Subject!).Distinct())
        {
            var expected = repository.Manifests.Where(m => m.Value.Subject == subject && !repository.IsLocked(ItemLocks.Read | ItemLocks.List, m.Key)).Select(m => m.Key).Order(StringComparer.Ordinal);
            var listed = await installation.Open.Referrers.ListAsync(installation.At(name), Digest.Parse(subject), null, null, 100);
            Assert.Equal(expected, listed.Select(r => r.Digest.Value));
        }
    }

    // A small page is a query, a large one comes from memory.
    private static async Task CompareNamesAsync(IEnumerable<string> expected, Func<int, Task<IReadOnlyList<string>>> list)
    {
        Assert.Equal(expected, await list(100));
        Assert.Equal(expected, await list(int.MaxValue));
    }

    private ValueTask<Core.Manifests.Manifest?> FindAsync(string name, string reference) =>
        installation.Open.Manifests.FindAsync(installation.At(name), ManifestReference.Parse(reference));
}
