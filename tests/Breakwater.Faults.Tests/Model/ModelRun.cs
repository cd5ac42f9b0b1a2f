using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.Faults.Tests.Model;

/// <summary>Random operations on the server and on the model, each answer compared at once.</summary>
internal sealed class ModelRun(RandomContent content)
{
    private readonly List<ModelRepository> repositories = [new("model/one"), new("model/two/deep")];

    /// <summary>Set anew after every restart.</summary>
    public RegistryClient Client { get; set; } = null!;

    /// <summary>The operations so far, for the message of a failed comparison.</summary>
    public List<string> History { get; } = [];

    public async Task StepAsync()
    {
        var repository = content.Pick(repositories);
        Func<ModelRepository, Task>[] operations =
        [
            PushBlobAsync, PushBlobAsync, StartUploadAsync, ContinueUploadAsync, ContinueUploadAsync, OutOfOrderAsync, CancelUploadAsync, FinishUploadAsync,
            WrongDigestAsync, MountAsync, PutImageAsync, PutImageAsync, PutReferrerAsync, MoveTagAsync, PutWithMissingBlobAsync,
            DeleteTagAsync, DeleteManifestAsync, DeleteBlobAsync, PullAsync, PullAsync,
        ];
        await content.Pick(operations)(repository);
    }

    /// <summary>Everything that can be read, against the model.</summary>
    public async Task CompareAllAsync()
    {
        foreach (var repository in repositories)
        {
            SameList(repository.Tags.Keys, await Client.TagsAsync(repository.Name), $"tags of {repository.Name}");
            foreach (var (tag, digest) in repository.Tags)
                Equal(digest, (await Client.HeadManifestAsync(repository.Name, tag)).Digest, $"{repository.Name}:{tag}");
            foreach (var manifest in repository.Manifests.Values)
                await CompareManifestAsync(repository, manifest);
            foreach (var blob in repository.Blobs.Values)
                await CompareBlobAsync(repository, blob);
            foreach (var upload in repository.Uploads.ToList())
                await CompareUploadAsync(repository, upload);
        }
    }

    /// <summary>
    /// After SIGKILL an upload may be lost or stand where it once was: a chunk's 202 is no promise to keep it. The client goes on from
    /// what the status says.
    /// </summary>
    public async Task AdoptUploadsAsync()
    {
        foreach (var repository in repositories)
        {
            foreach (var upload in repository.Uploads.ToList())
            {
                repository.Uploads.Remove(upload);
                var status = await Client.GetAsync(upload.Location);
                True(status.Code is 204 or 404, $"An upload after SIGKILL: {status}");
                if (status.Code == 404)
                    continue;
                var offset = Suite.Uploads.OffsetOf(status);
                True(offset <= upload.Offset, $"An upload stands at {offset}, and only {upload.Offset} were sent.");
                repository.Uploads.Add(upload with { Offset = offset });
            }
        }
    }

    private async Task CompareManifestAsync(ModelRepository repository, TestManifest manifest)
    {
        var reply = await Client.GetManifestAsync(repository.Name, manifest.Digest);
        Equal(200, reply.Code, $"GET {manifest.Digest}");
        True(manifest.Body.AsSpan().SequenceEqual(reply.Body), "The manifest's bytes differ.");
        Equal(manifest.MediaType, reply.ContentType, "media type");
        var referrers = await Client.ReferrersAsync(repository.Name, manifest.Digest);
        SameList(repository.Referrers(manifest.Digest).Select(other => other.Digest).Order(), referrers.Order(), $"referrers of {manifest.Digest}");
    }

    private async Task CompareBlobAsync(ModelRepository repository, TestBlob blob)
    {
        var reply = await Client.GetBlobAsync(repository.Name, blob.Digest);
        Equal(200, reply.Code, $"GET blob {blob.Digest}");
        True(blob.Content.AsSpan().SequenceEqual(reply.Body), "The blob's bytes differ.");
    }

    private async Task CompareUploadAsync(ModelRepository repository, ModelUpload upload)
    {
        var status = await Client.GetAsync(upload.Location);
        Equal(204, status.Code, $"status of an upload in {repository.Name}");
        Equal(upload.Offset, Suite.Uploads.OffsetOf(status), "the upload's offset");
    }

    private async Task PushBlobAsync(ModelRepository repository)
    {
        var blob = content.Blob(content.Random.Next(0, 90_000));
        var way = content.Random.Next(3);
        Say($"push blob {way} of {blob.SizeBytes} bytes to {repository.Name}");
        var reply = way switch
        {
            0 => await Client.PostBlobAsync(repository.Name, blob),
            1 => await Client.PushBlobChunkedAsync(repository.Name, blob, Math.Max(1, (blob.SizeBytes / 3) + 1)),
            _ => await Client.PushBlobAsync(repository.Name, blob),
        };
        Equal(201, reply.Code, "push of a blob");
        repository.Blobs[blob.Digest] = blob;
    }

    private async Task StartUploadAsync(ModelRepository repository)
    {
        Say($"start upload in {repository.Name}");
        var reply = await Client.StartUploadAsync(repository.Name);
        Equal(202, reply.Code, "start of an upload");
        repository.Uploads.Add(new ModelUpload(content.Blob(content.Random.Next(30, 60_000)), 0, reply.Location!));
    }

    private async Task ContinueUploadAsync(ModelRepository repository)
    {
        if (TakeUpload(repository, unfinished: true) is not { } upload)
            return;
        // At least two bytes at first: the protocol cannot tell one byte from none.
        var count = content.Random.Next(2, Math.Max(3, upload.Blob.SizeBytes - upload.Offset + 1));
        var end = Math.Min(upload.Offset + count, upload.Blob.SizeBytes);
        Say($"continue upload in {repository.Name} from {upload.Offset} to {end}");
        var withRange = content.Random.Next(2) == 0;
        var reply = await Client.PatchAsync(upload.Location, upload.Blob.Content[upload.Offset..end], withRange ? upload.Offset : null);
        Equal(202, reply.Code, "a chunk");
        Equal($"0-{end - 1}", reply.Header("Range"), "the range of a chunk's answer");
        repository.Uploads.Add(upload with { Offset = end, Location = reply.Location! });
    }

    private async Task OutOfOrderAsync(ModelRepository repository)
    {
        if (TakeUpload(repository, unfinished: false) is not { } upload)
            return;
        repository.Uploads.Add(upload);
        Say($"chunk out of order in {repository.Name}");
        Equal(416, (await Client.PatchAsync(upload.Location, content.Bytes(10), upload.Offset + 7)).Code, "a chunk out of order");
        await CompareUploadAsync(repository, upload);
    }

    private async Task CancelUploadAsync(ModelRepository repository)
    {
        if (TakeUpload(repository, unfinished: false) is not { } upload)
            return;
        Say($"cancel upload in {repository.Name}");
        Equal(204, (await Client.DeleteAsync(upload.Location)).Code, "a cancelled upload");
        Equal(404, (await Client.GetAsync(upload.Location)).Code, "the status of a cancelled upload");
    }

    private async Task FinishUploadAsync(ModelRepository repository)
    {
        if (TakeUpload(repository, unfinished: false) is not { } upload)
            return;
        Say($"finish upload in {repository.Name} from {upload.Offset} of {upload.Blob.SizeBytes}");
        var reply = await Client.FinishUploadAsync(upload.Location, upload.Blob.Digest, upload.Blob.Content[upload.Offset..]);
        Equal(201, reply.Code, "the end of an upload");
        repository.Blobs[upload.Blob.Digest] = upload.Blob;
    }

    private async Task WrongDigestAsync(ModelRepository repository)
    {
        var blob = content.Blob(500);
        var wrong = blob with { Digest = content.Blob(4).Digest };
        Say($"wrong digest in {repository.Name}");
        Equal(400, (await Client.PushBlobAsync(repository.Name, wrong)).Code, "a wrong digest");
        Equal(404, (await Client.HeadBlobAsync(repository.Name, wrong.Digest)).Code, "the digest that was claimed");
        Equal(404, (await Client.HeadBlobAsync(repository.Name, blob.Digest)).Code, "the digest that was sent");
    }

    private async Task MountAsync(ModelRepository repository)
    {
        var source = content.Pick(repositories.Where(other => other != repository).ToList());
        if (source.Blobs.Count == 0)
            return;
        var blob = content.Pick(source.Blobs.Values.ToList());
        Say($"mount from {source.Name} into {repository.Name}");
        Equal(201, (await Client.MountAsync(repository.Name, blob.Digest, source.Name)).Code, "a mount");
        repository.Blobs[blob.Digest] = blob;
    }

    private Task PutImageAsync(ModelRepository repository) => PutAsync(repository, NewImage(subject: null), PickTag());

    private Task PutReferrerAsync(ModelRepository repository)
    {
        // The subject may be one that is not there: then the referrer comes first.
        var subject = repository.Manifests.Count > 0 && content.Random.Next(4) > 0
            ? content.Pick(repository.Manifests.Values.ToList()).Descriptor
            : TestManifest.Describe(MediaType.OciManifest, content.Blob(9).Digest, 9);
        return PutAsync(repository, NewImage(subject), tag: null);
    }

    private Task MoveTagAsync(ModelRepository repository) =>
        repository.Manifests.Count == 0 ? Task.CompletedTask : PutAsync(repository, content.Pick(repository.Manifests.Values.ToList()), PickTag());

    private async Task PutAsync(ModelRepository repository, TestManifest manifest, string? tag)
    {
        Say($"put manifest {manifest.Digest} as {tag} in {repository.Name}");
        foreach (var blob in manifest.Blobs.Where(blob => !repository.Blobs.ContainsKey(blob.Digest)))
        {
            Equal(201, (await Client.PushBlobAsync(repository.Name, blob)).Code, "a manifest's blob");
            repository.Blobs[blob.Digest] = blob;
        }
        var reply = await Client.PutManifestAsync(repository.Name, tag ?? manifest.Digest, manifest);
        True(reply.Code == 201, $"a manifest: {reply}");
        Equal(manifest.Digest, reply.Digest, "the digest of a manifest");
        Equal(manifest.SubjectDigest, reply.Header("OCI-Subject"), "OCI-Subject");
        repository.Put(manifest, tag);
    }

    private async Task PutWithMissingBlobAsync(ModelRepository repository)
    {
        var image = NewImage(subject: null);
        Say($"put a manifest without its blobs in {repository.Name}");
        var reply = await Client.PutManifestAsync(repository.Name, "incomplete", image);
        Equal(400, reply.Code, "a manifest without its blobs");
        SameList(["MANIFEST_BLOB_UNKNOWN"], reply.ErrorCodes.Distinct(), "its error");
    }

    private async Task DeleteTagAsync(ModelRepository repository)
    {
        if (repository.Tags.Count == 0)
            return;
        var tag = content.Pick(repository.Tags.Keys.ToList());
        Say($"delete tag {tag} in {repository.Name}");
        Equal(202, (await Client.DeleteManifestAsync(repository.Name, tag)).Code, "deletion of a tag");
        repository.Tags.Remove(tag);
    }

    private async Task DeleteManifestAsync(ModelRepository repository)
    {
        if (repository.Manifests.Count == 0)
            return;
        var manifest = content.Pick(repository.Manifests.Values.ToList());
        Say($"delete manifest {manifest.Digest} in {repository.Name}");
        Equal(202, (await Client.DeleteManifestAsync(repository.Name, manifest.Digest)).Code, "deletion of a manifest");
        repository.Delete(manifest);
        Equal(404, (await Client.GetManifestAsync(repository.Name, manifest.Digest)).Code, "a deleted manifest");
    }

    private async Task DeleteBlobAsync(ModelRepository repository)
    {
        var free = repository.Blobs.Values.Where(blob => !repository.IsReferenced(blob.Digest)).ToList();
        if (free.Count == 0)
            return;
        var blob = content.Pick(free);
        Say($"delete blob {blob.Digest} in {repository.Name}");
        Equal(202, (await Client.DeleteBlobAsync(repository.Name, blob.Digest)).Code, "deletion of a blob");
        repository.Blobs.Remove(blob.Digest);
        Equal(404, (await Client.HeadBlobAsync(repository.Name, blob.Digest)).Code, "a deleted blob");
    }

    private async Task PullAsync(ModelRepository repository)
    {
        if (repository.Manifests.Count > 0)
            await CompareManifestAsync(repository, content.Pick(repository.Manifests.Values.ToList()));
        if (repository.Blobs.Count > 0)
            await CompareBlobAsync(repository, content.Pick(repository.Blobs.Values.ToList()));
    }

    private ModelUpload? TakeUpload(ModelRepository repository, bool unfinished)
    {
        var candidates = repository.Uploads.Where(upload => !unfinished || upload.Blob.SizeBytes - upload.Offset > 1).ToList();
        if (candidates.Count == 0)
            return null;
        var upload = content.Pick(candidates);
        repository.Uploads.Remove(upload);
        return upload;
    }

    private TestManifest NewImage(System.Text.Json.Nodes.JsonObject? subject) =>
        TestManifest.RandomImage(content, layers: content.Random.Next(0, 3), layerSizeBytes: 700, subject, subject is null ? null : "application/vnd.example.note");

    private string PickTag() => $"tag-{content.Random.Next(8)}";

    private void Say(string operation) => History.Add(operation);

    private void Equal<T>(T expected, T actual, string what) =>
        True(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, got {actual}.");

    private void SameList(IEnumerable<string> expected, IEnumerable<string> actual, string what) =>
        True(expected.SequenceEqual(actual), $"{what}: expected [{string.Join(", ", expected)}], got [{string.Join(", ", actual)}].");

    private void True(bool holds, string what) =>
        Assert.True(holds, $"{what}\nLast operations:\n  {string.Join("\n  ", History.TakeLast(12))}");
}
