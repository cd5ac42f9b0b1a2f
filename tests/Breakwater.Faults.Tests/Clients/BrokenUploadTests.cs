using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Clients;

/// <summary>Clients that stop in the middle, or that step on each other.</summary>
public sealed class BrokenUploadTests : FaultTest
{
    private const string Repository = "faults/broken";

    [Fact]
    public async Task Patch_ConnectionReset_ResumesWhereTheServerStands()
    {
        var blob = Content.Blob(1_000_000);
        await using var server = await ServerProcess.StartAsync(Options);
        using var client = server.CreateClient();
        var start = await client.StartUploadAsync(Repository);
        using (var broken = await RawConnection.OpenAsync(server.HttpPort))
        {
            await broken.SendHeadAsync(client, "PATCH", start.Location!, "Content-Length: 1000000", "Content-Range: 0-999999");
            await broken.SendAsync(blob.Content.AsMemory(0, 400_000));
            await Task.Delay(300);
            broken.Reset();
        }

        await WaitFreeAsync(client, start.Location!);
        var reply = await Uploads.ResumeAsync(client, start.Location!, blob);

        Assert.True(reply.Code == 201, reply.ToString());
        await AssertPullableAsync(client, Repository, blob);
        await AssertVerifiesAsync(server);
    }

    [Fact]
    public async Task Put_BodyTruncated_PublishesNothing()
    {
        var blob = Content.Blob(500_000);
        await using var server = await ServerProcess.StartAsync(Options);
        using var client = server.CreateClient();
        var start = await client.StartUploadAsync(Repository);
        using (var broken = await RawConnection.OpenAsync(server.HttpPort))
        {
            await broken.SendHeadAsync(client, "PUT", BlobCalls.WithQuery(start.Location!, "digest", blob.Digest), $"Content-Length: {blob.SizeBytes}");
            await broken.SendAsync(blob.Content.AsMemory(0, blob.SizeBytes - 1));
            await Task.Delay(200);
        }
        await Task.Delay(500);

        Assert.Equal(404, (await client.HeadBlobAsync(Repository, blob.Digest)).Code);
        Assert.Equal(201, (await client.PushBlobAsync(Repository, blob)).Code);
        await AssertPullableAsync(client, Repository, blob);
        await AssertVerifiesAsync(server);
    }

    [Fact]
    public async Task Patch_ChunkedBodyNeverEnds_PublishesNothing()
    {
        var blob = Content.Blob(100_000);
        await using var server = await ServerProcess.StartAsync(Options);
        using var client = server.CreateClient();
        var start = await client.StartUploadAsync(Repository);
        using (var broken = await RawConnection.OpenAsync(server.HttpPort))
        {
            await broken.SendHeadAsync(client, "PUT", BlobCalls.WithQuery(start.Location!, "digest", blob.Digest), "Transfer-Encoding: chunked");
            await broken.SendAsync(System.Text.Encoding.ASCII.GetBytes($"{blob.SizeBytes:x}\r\n"));
            await broken.SendAsync(blob.Content);
            await broken.SendAsync(new byte[] { 13, 10 });
            await Task.Delay(200);
        }
        await Task.Delay(500);

        // All bytes came, but the end of the body did not: the client may have meant to send more.
        Assert.Equal(404, (await client.HeadBlobAsync(Repository, blob.Digest)).Code);
        await AssertVerifiesAsync(server);
    }

    [Fact]
    public async Task Patch_TwoWritersOnOneSession_NeverMixTheirBytes()
    {
        var blob = Content.Blob(400_000);
        await using var server = await ServerProcess.StartAsync(Options);
        using var client = server.CreateClient();
        var start = await client.StartUploadAsync(Repository);
        using var slow = await RawConnection.OpenAsync(server.HttpPort);
        await slow.SendHeadAsync(client, "PATCH", start.Location!, "Content-Length: 400000", "Content-Range: 0-399999");
        await slow.SendAsync(blob.Content.AsMemory(0, 200_000));
        await Task.Delay(300);

        var intruder = await client.PatchAsync(start.Location!, Content.Bytes(400_000), first: 0);
        Assert.True(intruder.Code is >= 400 and < 500, $"A second writer got {intruder}.");
        await slow.SendAsync(blob.Content.AsMemory(200_000));
        var answer = await slow.ReadAsync(TimeSpan.FromSeconds(2));

        Assert.StartsWith("HTTP/1.1 202", answer, StringComparison.Ordinal);
        var (offset, location) = await Uploads.StatusAsync(client, start.Location!);
        Assert.Equal(blob.SizeBytes, offset);
        var finish = await client.FinishUploadAsync(location, blob.Digest);
        Assert.True(finish.Code == 201, finish.ToString());
        await AssertPullableAsync(client, Repository, blob);
    }

    [Fact]
    public async Task Put_ManyFinishersOfOneSession_OneWinsAndTheBlobIsWhole()
    {
        var blob = Content.Blob(300_000);
        await using var server = await ServerProcess.StartAsync(Options);
        using var client = server.CreateClient();
        for (var round = 0; round < 5; round++)
        {
            var start = await client.StartUploadAsync(Repository);
            var patched = await client.PatchAsync(start.Location!, blob.Content, first: 0);
            var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.FinishUploadAsync(patched.Location!, blob.Digest)));
            Assert.Contains(replies, reply => reply.Code == 201);
            Assert.All(replies, reply => Assert.True(reply.Code is 201 or (>= 400 and < 500), reply.ToString()));
        }
        await AssertPullableAsync(client, Repository, blob);
        await AssertVerifiesAsync(server);
    }

    // The server notices a broken connection when its read fails, which may be after the client's next request.
    private static Task WaitFreeAsync(RegistryClient client, string location) =>
        Eventually.HoldsAsync(async () => (await client.GetAsync(location)).Code == 204, "the session answers", TimeSpan.FromSeconds(20));
}
