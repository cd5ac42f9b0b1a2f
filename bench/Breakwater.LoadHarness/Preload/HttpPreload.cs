using System.Collections.Concurrent;
using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Registry;
using Breakwater.LoadHarness.Targets;

namespace Breakwater.LoadHarness.Preload;

/// <summary>Fills a server over HTTP, for servers whose files nobody but themselves may write.</summary>
internal sealed class HttpPreload(RegistryTarget target, Endpoint endpoint)
{
    private const int Connections = 16;
    private const int BatchSize = 25; // repositories per token, without the source; Breakwater allows 30
    private const string SourceRepository = "team0000/app000000";
    private readonly ImageManifest _manifest = ImageManifest.OfEmptyArtifact();

    public void Fill(DataSet dataSet)
    {
        if (dataSet == DataSet.ManyTags)
            FillTags();
        else if (dataSet == DataSet.ManyRepositories)
            FillRepositories();
    }

    private static string Scope(string repository) => $"repository:{repository}:pull,push";

    private void FillTags()
    {
        using var first = Connect([Scope(Scale.TagsRepository)]);
        PushEmptyBlob(first, Scale.TagsRepository);
        Spread(Scale.Tags.Chunk(500), batch =>
        {
            using var client = Connect([Scope(Scale.TagsRepository)]);
            foreach (var tag in batch)
                client.PutManifest(Scale.TagsRepository, tag, _manifest);
        });
    }

    private void FillRepositories()
    {
        using var first = Connect([Scope(SourceRepository)]);
        PushEmptyBlob(first, SourceRepository);
        first.PutManifest(SourceRepository, "latest", _manifest);
        Spread(Enumerable.Range(1, Scale.Count - 1).Select(Scale.Repository).Chunk(BatchSize), batch =>
        {
            using var client = Connect([.. batch.Select(Scope), Scope(SourceRepository)]);
            foreach (var repository in batch)
            {
                client.Mount(repository, ImageManifest.EmptyBlobDigest, SourceRepository);
                client.PutManifest(repository, "latest", _manifest);
            }
        });
    }

    private RegistryClient Connect(IReadOnlyList<string> scopes) => new(endpoint, target.Authorize(endpoint, scopes));

    private static void PushEmptyBlob(RegistryClient client, string repository) =>
        client.PushWhole(repository, new UniqueBlob(default, ImageManifest.EmptyBlob, ImageManifest.EmptyBlobDigest));

    private static void Spread(IEnumerable<string[]> batches, Action<string[]> work)
    {
        var queue = new ConcurrentQueue<string[]>(batches);
        Exception? failure = null;
        var threads = Enumerable.Range(0, Connections).Select(_ => new Thread(() =>
        {
            try
            {
                while (failure is null && queue.TryDequeue(out var batch))
                    work(batch);
            }
            catch (Exception e)
            {
                failure = e;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (failure is not null)
            throw new HarnessException($"Preloading failed: {failure.Message}");
    }
}
