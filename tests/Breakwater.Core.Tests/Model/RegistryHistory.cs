using Breakwater.Core.Repositories;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Model;

/// <summary>Does the same random step to an installation and to the model. Few names and contents, so that steps meet.</summary>
internal sealed class RegistryHistory(TestInstallation installation, Random random)
{
    internal static readonly string[] Names = ["a", "b/c", "d"];
    internal static readonly string[] TagNames = ["v1", "v2", "latest"];
    private static readonly int[] Sizes = [0, 1, 500, 65_536, 65_537, 140_000];

    private readonly RegistryModel _model = new();

    public List<string> Log { get; } = [];

    public Task CompareAsync() => new RegistryComparison(installation, _model, random).RunAsync();

    public Task StepAsync() => random.Next(27) switch
    {
        < 4 => PushBlobAsync(),
        < 6 => MountAsync(),
        < 10 => PutManifestAsync(),
        < 11 => DeleteBlobAsync(),
        < 12 => DeleteTagAsync(),
        < 14 => DeleteManifestAsync(),
        < 15 => StartUploadAsync(),
        < 16 => AppendAsync(),
        < 17 => FinishUploadAsync(),
        < 18 => ReopenAsync(),
        < 19 => SweepAsync(),
        < 20 => CleanUpAsync(),
        < 24 => LockAsync(),
        < 25 => DeleteRepositoryAsync(),
        _ => UnlockAsync(),
    };

    private async Task LockAsync()
    {
        var (name, change) = (Pick(Names), random.Next(4));
        var repository = _model.At(name);
        string[] items = ["", .. repository.Tags.Keys, .. repository.Manifests.Keys];
        var item = Pick(items);
        if (!repository.Exists)
            return;
        var locks = (ItemLocks)(1 << change);
        Log.Add($"lock {locks} of {name} {item}");
        await installation.ChangeAsync(name, item.Length == 0 ? null : item, new ItemChange(change == 0 ? false : null, change == 1 ? false : null, change == 2 ? false : null, change == 3 ? false : null));
        repository.Locks[item] = repository.Locks.GetValueOrDefault(item) | locks;
    }

    private async Task UnlockAsync()
    {
        var name = Pick(Names);
        var repository = _model.At(name);
        foreach (var item in repository.Locks.Keys.ToList())
        {
            Log.Add($"unlock {name} {item}");
            await installation.ChangeAsync(name, item.Length == 0 ? null : item, new ItemChange(true, true, true, true));
        }
        repository.Locks.Clear();
    }

    private async Task DeleteRepositoryAsync()
    {
        var name = Pick(Names);
        var repository = _model.At(name);
        Log.Add($"delete repository {name}");
        var delete = () => installation.Open.Repositories.DeleteAsync(installation.At(name));
        if (!repository.Exists)
        {
            await AssertErrorAsync(OciErrors.NameUnknown, delete);
            return;
        }
        if (repository.IsLocked(ItemLocks.Delete, [.. repository.Locks.Keys]))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, delete);
            return;
        }
        var deleted = await delete();
        Assert.Equal(repository.Tags.Keys, deleted.Tags);
        Assert.Equal(repository.Manifests.Keys.Order(StringComparer.Ordinal), deleted.Manifests);
        _model.Repositories.Remove(name);
        foreach (var id in _model.Uploads.Where(u => u.Value.Repository == name).Select(u => u.Key).ToList())
            _model.Uploads.Remove(id);
    }

    private ValueTask<Core.Manifests.Manifest?> FindAsync(string name, string reference) =>
        installation.Open.Manifests.FindAsync(installation.At(name), ManifestReference.Parse(reference));

    private T Pick<T>(IReadOnlyCollection<T> items) => items.ElementAt(random.Next(items.Count));

    private async Task PushBlobAsync()
    {
        var (name, content) = (Pick(Names), Content(Pick(Sizes), random.Next(2)));
        Log.Add($"push {content.Length} bytes to {name}");
        if (_model.At(name).IsLocked(ItemLocks.Write, ""))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, () => installation.PushAsync(name, content));
            return;
        }
        var digest = await installation.PushAsync(name, content);
        _model.Contents[digest.Value] = content;
        _model.At(name).Blobs.Add(digest.Value);
        _model.At(name).Exists = true;
    }

    private async Task MountAsync()
    {
        if (_model.Contents.Count == 0)
            return;
        var (from, to, digest) = (Pick(Names), Pick(Names), Pick(_model.Contents.Keys));
        Log.Add($"mount {digest} from {from} to {to}");
        var mount = () => installation.Open.Uploads.MountAsync(installation.At(to), installation.At(from), Digest.Parse(digest));
        var readable = _model.At(from).Exists && !_model.At(from).IsLocked(ItemLocks.Read, "");
        if (readable && _model.At(to).IsLocked(ItemLocks.Write, ""))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, mount);
            return;
        }
        var mounted = await mount();
        Assert.Equal(readable && _model.At(from).Blobs.Contains(digest), mounted);
        _model.At(to).Exists |= readable;
        if (mounted)
            _model.At(to).Blobs.Add(digest);
    }

    private async Task PutManifestAsync()
    {
        if (_model.Contents.Count == 0)
            return;
        var name = Pick(Names);
        var repository = _model.At(name);
        // Mostly blobs that are there, sometimes any.
        var known = repository.Blobs.Count > 0 && random.Next(5) > 0 ? (IReadOnlyCollection<string>)repository.Blobs : _model.Contents.Keys;
        var blobs = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(known)).ToList();
        var subject = random.Next(3) == 0 && repository.Manifests.Count > 0 ? Pick(repository.Manifests.Keys) : null;
        var more = subject is null ? "" : $",\"subject\":{Descriptor(MediaTypes.OciManifest, Digest.Parse(subject))}";
        var body = ManifestOf([.. blobs.Select(b => Digest.Parse(b))], more);
        var tag = random.Next(4) == 0 ? null : Pick(TagNames);
        Log.Add($"put {DigestOf(body)} of {string.Join(' ', blobs)} to {name} as {tag}");
        var target = DigestOf(body).Value;
        repository.Exists = true;
        if (repository.IsLocked(ItemLocks.Write, [""]))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, () => installation.PutManifestAsync(name, body, tag));
            return;
        }
        if (blobs.TrueForAll(repository.Blobs.Contains) && repository.IsLocked(ItemLocks.Write, [target, .. repository.Overwritten(tag)]))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, () => installation.PutManifestAsync(name, body, tag));
            return;
        }
        if (!blobs.TrueForAll(repository.Blobs.Contains))
        {
            await AssertErrorAsync(OciErrors.ManifestBlobUnknown, () => installation.PutManifestAsync(name, body, tag));
            return;
        }
        var digest = (await installation.PutManifestAsync(name, body, tag)).Value;
        repository.Manifests[digest] = new ManifestModel(body, blobs, subject);
        if (tag is not null)
            repository.Tags[tag] = digest;
    }

    private async Task DeleteBlobAsync()
    {
        if (_model.Contents.Count == 0)
            return;
        var (name, digest) = (Pick(Names), Pick(_model.Contents.Keys));
        Log.Add($"delete blob {digest} of {name}");
        var repository = _model.At(name);
        var delete = () => installation.Open.Blobs.DeleteAsync(installation.At(name), Digest.Parse(digest));
        if (repository.IsReferenced(digest))
            await AssertErrorAsync(OciErrors.Unsupported, delete);
        else if (repository.Blobs.Contains(digest) && repository.IsLocked(ItemLocks.Delete, ""))
            await AssertErrorAsync(OciErrors.OperationDisallowed, delete);
        else
            Assert.Equal(repository.Blobs.Remove(digest), await delete());
    }

    private async Task DeleteTagAsync()
    {
        var (name, tag) = (Pick(Names), Pick(TagNames));
        Log.Add($"delete tag {tag} of {name}");
        var repository = _model.At(name);
        var delete = () => installation.Open.Tags.DeleteAsync(installation.At(name), TagName.Parse(tag));
        if (!repository.Tags.TryGetValue(tag, out var digest))
        {
            Assert.Null(await delete());
            return;
        }
        if (repository.IsLocked(ItemLocks.Delete, "", tag, digest))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, delete);
            return;
        }
        Assert.Equal(digest, (await delete())!.Value);
        repository.DeleteTag(tag);
    }

    private async Task DeleteManifestAsync()
    {
        var name = Pick(Names);
        var repository = _model.At(name);
        if (repository.Manifests.Count == 0)
            return;
        var digest = Pick(repository.Manifests.Keys);
        Log.Add($"delete manifest {digest} of {name}");
        var delete = () => installation.Open.Manifests.DeleteAsync(installation.At(name), Digest.Parse(digest));
        if (repository.IsLocked(ItemLocks.Delete, ["", digest, .. repository.TagsOf(digest)]))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, delete);
            return;
        }
        Assert.True(await delete());
        repository.DeleteManifest(digest);
        if (!repository.IsLocked(ItemLocks.Read, ""))
            Assert.Null(await FindAsync(name, digest));
    }

    private async Task StartUploadAsync()
    {
        var (name, algorithm) = (Pick(Names), (DigestAlgorithm)random.Next(2));
        if (_model.At(name).IsLocked(ItemLocks.Write, ""))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, () => installation.Open.Uploads.StartAsync(installation.At(name), algorithm));
            return;
        }
        var upload = await installation.Open.Uploads.StartAsync(installation.At(name), algorithm);
        _model.At(name).Exists = true;
        Log.Add($"start upload {upload.Id} to {name}");
        _model.Uploads[upload.Id] = new UploadModel(name, algorithm);
    }

    private async Task AppendAsync()
    {
        if (_model.Uploads.Count == 0)
            return;
        var (id, upload) = Pick(_model.Uploads);
        if (_model.At(upload.Repository).IsLocked(ItemLocks.Write, ""))
            return;
        var chunk = Content(random.Next(1, 100_000), random.Next());
        Log.Add($"append {chunk.Length} bytes to {id}");
        await installation.Open.Uploads.AppendAsync(installation.At(upload.Repository), id, upload.Content.Count, Body(chunk), default);
        upload.Content.AddRange(chunk);
    }

    private async Task FinishUploadAsync()
    {
        if (_model.Uploads.Count == 0)
            return;
        var (id, upload) = Pick(_model.Uploads);
        var access = installation.At(upload.Repository);
        if (_model.At(upload.Repository).IsLocked(ItemLocks.Write, ""))
        {
            await AssertErrorAsync(OciErrors.OperationDisallowed, () => installation.Open.Uploads.CommitAsync(access, id, DigestOf([1]), null, Body(default), default));
            return;
        }
        _model.Uploads.Remove(id);
        var content = upload.Content.ToArray();
        var digest = DigestOf(content, random.Next(4) == 0 ? DigestAlgorithm.Sha512 : upload.Algorithm);
        switch (random.Next(4))
        {
            case 0:
                Log.Add($"cancel {id}");
                await installation.Open.Uploads.CancelAsync(access, id, default);
                break;
            case 1:
                Log.Add($"commit {id} under a wrong digest");
                await AssertErrorAsync(
                    OciErrors.DigestInvalid, () => installation.Open.Uploads.CommitAsync(access, id, digest, null, Body(new byte[] { 1 }), default));
                break;
            default:
                Log.Add($"commit {id} as {digest}");
                await installation.Open.Uploads.CommitAsync(access, id, digest, null, Body(default), default);
                _model.Contents[digest.Value] = content;
                _model.At(upload.Repository).Blobs.Add(digest.Value);
                break;
        }
        await AssertErrorAsync(OciErrors.BlobUploadUnknown, () => installation.Open.Uploads.FindAsync(access, id, default));
    }

    // A killed process forgets the uploads that have no content yet; all else stays.
    private async Task ReopenAsync()
    {
        var save = random.Next(2) == 0;
        Log.Add(save ? "stop and start" : "kill and start");
        await installation.ReopenAsync(save);
        if (save)
            return;
        foreach (var id in _model.Uploads.Where(u => u.Value.Content.Count == 0).Select(u => u.Key).ToList())
            _model.Uploads.Remove(id);
    }

    private async Task SweepAsync()
    {
        Log.Add("two hours pass, clean up and sweep");
        installation.Clock.Advance(TimeSpan.FromHours(2));
        await installation.Open.CleanUp.RunAsync(default);
        await installation.Open.CleanUp.SweepAsync(default);
        // Leases may have ended on the way; what is gone must be what nothing refers to.
        foreach (var (name, repository) in _model.Repositories)
        {
            foreach (var digest in repository.Blobs.Where(d => !repository.IsReferenced(d)).ToList())
            {
                // Whatever its locks, and without renewing a lease.
                var found = await installation.Open.Repositories.FindAsync(installation.At(name));
                if (await installation.Open.Blobs.FindAsync(found!, Digest.Parse(digest)) is null)
                    repository.Blobs.Remove(digest);
            }
        }
        await ForgetExpiredUploadsAsync();
    }

    private async Task ForgetExpiredUploadsAsync()
    {
        foreach (var (id, upload) in _model.Uploads.ToList())
        {
            try
            {
                await installation.Open.Uploads.FindAsync(installation.At(upload.Repository), id, default);
            }
            catch (OciException e) when (e.Error == OciErrors.BlobUploadUnknown && installation.Clock.Passed > installation.Options.CleanUp.Lease)
            {
                _model.Uploads.Remove(id);
            }
        }
    }

    private async Task CleanUpAsync()
    {
        Log.Add("leases end, clean up");
        await installation.CleanUpAsync();
        await installation.Open.CleanUp.SweepAsync(default);
        _model.CleanUp();
        Assert.Equal(_model.Repositories.Values.SelectMany(r => r.Blobs).Distinct().Count(), installation.CountFiles());
    }
}
