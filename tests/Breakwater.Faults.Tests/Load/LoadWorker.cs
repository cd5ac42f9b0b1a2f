using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.Faults.Tests.Load;

/// <summary>One client that pushes, pulls, moves tags and deletes in its own repository, and remembers every acknowledgement.</summary>
internal sealed class LoadWorker(string repository, int seed)
{
    private readonly RandomContent content = new(seed);
    private int number;

    public Acknowledgements Acknowledged { get; } = new(repository);

    /// <summary>Answers that no client should see, whatever happens to the server.</summary>
    public List<string> Surprises { get; } = [];

    public int Pushes { get; private set; }

    /// <summary>Works until cancelled. A broken connection ends the round quietly: the caller has killed the server.</summary>
    public async Task RunAsync(RegistryClient client, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await StepAsync(client);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or TaskCanceledException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task StepAsync(RegistryClient client)
    {
        var tags = Acknowledged.Tags.ToList();
        var choice = content.Random.Next(10);
        if (choice < 6 || tags.Count == 0)
            await PushImageAsync(client, $"t{number++ % 12}");
        else if (choice < 8)
            await PullAsync(client, content.Pick(tags));
        else
            await DeleteAsync(client, content.Pick(tags));
    }

    private async Task PushImageAsync(RegistryClient client, string tag)
    {
        var image = TestManifest.RandomImage(content, layers: content.Random.Next(1, 4), layerSizeBytes: content.Random.Next(100, 120_000));
        foreach (var blob in image.Blobs)
        {
            var reply = await PushBlobAsync(client, blob);
            if (reply.Code == 201)
                Acknowledged.Blob(blob);
            else
                Note("blob", reply, 503, 404, 409);
        }
        Acknowledged.BeforeTag(tag, image.Digest);
        var put = await client.PutManifestAsync(Acknowledged.Repository, tag, image);
        if (put.Code == 201)
        {
            Acknowledged.Manifest(image, tag);
            Pushes++;
        }
        else
        {
            // 400: with leases of seconds, a blob may lapse before its manifest comes; the client pushes again.
            Note("manifest", put, 503, 400);
        }
    }

    private Task<RegistryReply> PushBlobAsync(RegistryClient client, TestBlob blob) => content.Random.Next(3) switch
    {
        0 => client.PostBlobAsync(Acknowledged.Repository, blob),
        1 => client.PushBlobChunkedAsync(Acknowledged.Repository, blob, Math.Max(1, blob.SizeBytes / 3)),
        _ => client.PushBlobAsync(Acknowledged.Repository, blob),
    };

    private async Task PullAsync(RegistryClient client, string tag)
    {
        var reply = await client.GetManifestAsync(Acknowledged.Repository, tag);
        if (!Acknowledged.Allowed(tag).Contains(reply.Code == 200 ? reply.Digest : null))
            Surprises.Add($"{Acknowledged.Repository}:{tag} showed {reply}");
        if (Acknowledged.Manifests.FirstOrDefault(known => known.Digest == reply.Digest) is not { } manifest)
            return;
        foreach (var blob in manifest.Blobs)
        {
            var got = await client.GetBlobAsync(Acknowledged.Repository, blob.Digest);
            if (got.Code != 200 || !blob.Content.AsSpan().SequenceEqual(got.Body))
                Surprises.Add($"{Acknowledged.Repository}@{blob.Digest} of an acknowledged image: {got}");
        }
    }

    private async Task DeleteAsync(RegistryClient client, string tag)
    {
        if (Acknowledged.Forget(tag) is { } manifest)
            Note("delete", await client.DeleteManifestAsync(Acknowledged.Repository, manifest.Digest), 202, 404, 503);
    }

    private void Note(string what, RegistryReply reply, params int[] expected)
    {
        if (!expected.Contains(reply.Code))
            Surprises.Add($"{what} in {Acknowledged.Repository}: {reply}");
    }
}
