using System.IO.Pipelines;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>Every way to push a blob, with both digest algorithms, right and wrong.</summary>
public sealed class BlobPushTests(RunningRegistry registry) : ConformanceTest(registry)
{
    private const int ThreeChunks = (1024 * 3) - 5;

    public static MatrixTheoryData<string, string> Ways =>
        new([Algorithm.Sha256, Algorithm.Sha512], ["post", "post and put", "chunk", "chunks", "chunks, last by put", "stream"]);

    public static MatrixTheoryData<string, string> KnownContents => new([Algorithm.Sha256, Algorithm.Sha512], ["", "{}"]);

    public static TheoryData<string> Algorithms => [Algorithm.Sha256, Algorithm.Sha512];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Push_EachWay_IsStoredAndDeletable(string algorithm, string way)
    {
        var content = Content.Bytes(ThreeChunks);
        var digest = Algorithm.Digest(algorithm, content);

        var reply = await PushAsync(way, digest, content);

        Assert.True(reply.Code == 201, reply.ToString());
        Assert.Equal(digest, reply.Digest);
        await AssertLocationAsync(reply, content);
        await AssertBlobAsync(Repository, digest, content);
        await AssertBlobDeletionAsync(Repository, digest);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Push_WrongDigest_Is400AndNothingIsLinked(string algorithm, string way)
    {
        var content = Content.Bytes(ThreeChunks);
        var digest = Algorithm.Digest(algorithm, content);

        var reply = await PushAsync(way, digest, [.. content, .. "oh no"u8]);

        Assert.True(reply.Code == 400, reply.ToString());
        Assert.Contains("DIGEST_INVALID", reply.ErrorCodes);
        await ExpectAsync(404, Client.HeadBlobAsync(Repository, digest), "HEAD after a wrong digest");
    }

    [Theory]
    [MemberData(nameof(KnownContents))]
    public async Task Push_WellKnownContent_IsServed(string algorithm, string text)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(text);
        var digest = Algorithm.Digest(algorithm, content);
        await ExpectAsync(201, PushAsync("post and put", digest, content), "push");
        await AssertBlobAsync(Repository, digest, content);
        await AssertBlobDeletionAsync(Repository, digest);
    }

    [Theory]
    [InlineData(Algorithm.Sha256, false)]
    [InlineData(Algorithm.Sha256, true)]
    [InlineData(Algorithm.Sha512, false)]
    [InlineData(Algorithm.Sha512, true)]
    public async Task Patch_OutOfOrder_Is416AndTheStatusTellsWhereToGoOn(string algorithm, bool lastByPut)
    {
        var content = Content.Bytes(ThreeChunks);
        var digest = Algorithm.Digest(algorithm, content);
        var location = (await ExpectAsync(202, Client.StartUploadAsync(Repository), "POST")).Location!;
        for (var offset = 0; offset < content.Length; offset += 1024)
        {
            var wrong = offset + 1024 < content.Length ? offset + 1024 : 0;
            await ExpectAsync(416, Client.PatchAsync(location, content[wrong..Math.Min(wrong + 1024, content.Length)], wrong), "out of order");
            var status = await ExpectAsync(204, Client.GetAsync(location), "status");
            Assert.Equal($"0-{Math.Max(0, offset - 1)}", status.Header("Range"));
            location = status.Location!;
            var chunk = content[offset..Math.Min(offset + 1024, content.Length)];
            if (lastByPut && offset + 1024 >= content.Length)
                break;
            location = (await ExpectAsync(202, Client.PatchAsync(location, chunk, offset), "PATCH")).Location!;
        }
        var reply = await ExpectAsync(201, Client.FinishUploadAsync(location, digest, lastByPut ? content[2048..] : null), "PUT");
        await AssertLocationAsync(reply, content);
        await AssertBlobAsync(Repository, digest, content);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Mount_FromRepository_Is201(string algorithm)
    {
        var (content, digest) = await PushToTheSourceAsync(algorithm);

        var reply = await ExpectAsync(201, Client.MountAsync(Repository, digest, OtherRepository), "mount");

        Assert.Equal(digest, reply.Digest);
        await AssertLocationAsync(reply, content);
        await AssertBlobDeletionAsync(OtherRepository, digest);
        await AssertBlobAsync(Repository, digest, content);
        await AssertBlobDeletionAsync(Repository, digest);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Mount_WithoutFrom_Is201WhereTheCallerMayReadTheBlob(string algorithm)
    {
        var (content, digest) = await PushToTheSourceAsync(algorithm);

        var reply = await ExpectAsync(201, Client.MountAsync(Repository, digest, from: null), "anonymous mount");

        await AssertLocationAsync(reply, content);
        await AssertBlobAsync(Repository, digest, content);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Mount_Missing_FallsBackToAnUpload(string algorithm)
    {
        var content = Content.Bytes(512);
        var digest = Algorithm.Digest(algorithm, content);

        var reply = await ExpectAsync(202, Client.MountAsync(Repository, digest, OtherRepository), "mount of a missing blob");

        var put = await ExpectAsync(201, Client.FinishUploadAsync(reply.Location!, digest, content), "PUT after the fallback");
        await AssertLocationAsync(put, content);
    }

    [Fact]
    public async Task Cancel_Upload_Is204AndItIsGone()
    {
        var location = (await ExpectAsync(202, Client.StartUploadAsync(Repository), "POST")).Location!;
        await ExpectAsync(204, Client.DeleteAsync(location), "cancel");
        await ExpectAsync(404, Client.GetAsync(location), "status of a cancelled upload");
        await ExpectAsync(404, Client.PatchAsync(location, Content.Bytes(4), 0), "PATCH of a cancelled upload");
    }

    private async Task<(byte[] Content, string Digest)> PushToTheSourceAsync(string algorithm)
    {
        var content = Content.Bytes(512);
        var digest = Algorithm.Digest(algorithm, content);
        await ExpectAsync(201, Client.PushBlobAsync(OtherRepository, new TestBlob(content, digest)), "push to the source");
        return (content, digest);
    }

    private async Task<RegistryReply> PushAsync(string way, string digest, byte[] content)
    {
        var blob = new TestBlob(content, digest);
        return way switch
        {
            "post" => await Client.PostBlobAsync(Repository, blob),
            "post and put" => await Client.PushBlobAsync(Repository, blob),
            "chunk" => await Client.PushBlobChunkedAsync(Repository, blob, content.Length),
            "chunks" => await Client.PushBlobChunkedAsync(Repository, blob, 1024),
            "stream" => await StreamAsync(blob),
            _ => await PushLastByPutAsync(blob),
        };
    }

    private async Task<RegistryReply> PushLastByPutAsync(TestBlob blob)
    {
        var reply = await Client.StartUploadAsync(Repository);
        reply = await Client.PatchAsync(reply.Location!, blob.Content[..1024], 0);
        reply = await Client.PatchAsync(reply.Location!, blob.Content[1024..2048], 1024);
        return await Client.FinishUploadAsync(reply.Location!, blob.Digest, blob.Content[2048..]);
    }

    // A body whose length nobody knows, so that the client sends it with the chunked transfer coding and without Content-Range.
    private async Task<RegistryReply> StreamAsync(TestBlob blob)
    {
        var start = await Client.StartUploadAsync(Repository);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(blob.Content);
        await pipe.Writer.CompleteAsync();
        var patch = await ExpectAsync(202, Client.SendStreamAsync(HttpMethod.Patch, start.Location!, pipe.Reader.AsStream()), "PATCH of a stream");
        return await Client.FinishUploadAsync(patch.Location!, blob.Digest);
    }
}
