using Breakwater.Faults.Tests.Injection;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Suite;

/// <summary>What most tests here start with: a folder, content from a printed seed, and a server in a process of its own.</summary>
public abstract class FaultTest : IDisposable
{
    protected FaultTest()
    {
        Content = new RandomContent(TestSettings.Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {TestSettings.Seed} (BREAKWATER_TEST_SEED)");
    }

    protected TemporaryFolder Folder { get; } = new();

    protected RandomContent Content { get; }

    protected string DataDirectory => Folder["data"];

    protected string ObjectsDirectory => Path.Combine(DataDirectory, "objects");

    protected ServerOptions Options => new() { DataDirectory = DataDirectory };

    protected static void Log(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    protected ServerOptions WithFaults(FaultControl control) => Options with { Environment = control.Environment };

    /// <summary>Every invariant that the product knows of holds, each object read to its end.</summary>
    protected static async Task AssertVerifiesAsync(ServerProcess server)
    {
        var result = await server.CommandAsync("verify", "--deep");
        Assert.True(result.ExitCode == 0, $"verify --deep ended with {result.ExitCode}:\n{result.AllOutput}");
    }

    /// <summary>A manifest and its blobs come back bit for bit.</summary>
    protected static async Task AssertPullableAsync(RegistryClient client, string repository, string reference, TestManifest manifest)
    {
        var reply = await client.GetManifestAsync(repository, reference);
        Assert.True(reply.Code == 200, $"{repository}:{reference} -> {reply}");
        Assert.Equal(manifest.Body, reply.Body);
        foreach (var blob in manifest.Blobs)
            await AssertPullableAsync(client, repository, blob);
    }

    protected static async Task AssertPullableAsync(RegistryClient client, string repository, TestBlob blob)
    {
        var reply = await client.GetBlobAsync(repository, blob.Digest);
        Assert.True(reply.Code == 200, $"{repository}@{blob.Digest} -> {reply}");
        Assert.True(blob.Content.AsSpan().SequenceEqual(reply.Body), $"{repository}@{blob.Digest} came back with other bytes.");
    }

    /// <summary>The answer, or null when the connection broke.</summary>
    protected static async Task<RegistryReply?> TryAsync(Func<Task<RegistryReply>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
