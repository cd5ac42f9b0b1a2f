using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>A client and two repositories of the test's own.</summary>
public abstract class ConformanceTest(RunningRegistry registry) : IDisposable
{
    private static int repositories;

    private protected RandomContent Content { get; } = new(TestSettings.Seed + Interlocked.Increment(ref repositories));

    private protected RegistryClient Client { get; } = registry.CreateClient();

    protected string Repository { get; } = $"conformance/repo-{Interlocked.Increment(ref repositories)}/one";

    protected string OtherRepository { get; } = $"conformance/repo-{Interlocked.Increment(ref repositories)}/two";

    private protected async Task<RegistryReply> ExpectAsync(int code, Task<RegistryReply> call, string what)
    {
        var reply = await call;
        Assert.True(reply.Code == code, $"{what}: expected {code}, got {reply}");
        return reply;
    }

    /// <summary>A Location must be there and lead to the content.</summary>
    private protected async Task AssertLocationAsync(RegistryReply reply, byte[] content)
    {
        Assert.NotNull(reply.Location);
        var found = await ExpectAsync(200, Client.GetAsync(reply.Location), $"GET {reply.Location}");
        Assert.Equal(content, found.Body);
    }

    private protected async Task AssertBlobAsync(string repository, string digest, byte[] content)
    {
        var head = await ExpectAsync(200, Client.HeadBlobAsync(repository, digest), "HEAD of a blob");
        var get = await ExpectAsync(200, Client.GetBlobAsync(repository, digest), "GET of a blob");
        foreach (var reply in new[] { head, get })
        {
            Assert.Equal(content.Length, reply.ContentHeaders.ContentLength);
            Assert.Equal(digest, reply.Digest);
        }
        Assert.Empty(head.Body);
        Assert.Equal(content, get.Body);
    }

    private protected async Task AssertBlobDeletionAsync(string repository, string digest)
    {
        await ExpectAsync(202, Client.DeleteBlobAsync(repository, digest), "DELETE of a blob");
        await ExpectAsync(404, Client.HeadBlobAsync(repository, digest), "HEAD of a deleted blob");
    }

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }
}
