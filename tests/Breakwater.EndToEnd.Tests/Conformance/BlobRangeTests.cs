using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>Parts of a blob.</summary>
public sealed class BlobRangeTests(RunningRegistry registry) : ConformanceTest(registry)
{
    private const int Size = 2048;

    [Theory]
    [InlineData("bytes=500-1499", 500, 1000)]
    [InlineData("bytes=500-", 500, 1548)]
    [InlineData("bytes=-500", 1548, 500)]
    [InlineData("bytes=2000-5000", 2000, 48)]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=2047-2047", 2047, 1)]
    [InlineData("bytes=-5000", 0, 2048)]
    public async Task GetBlob_Range_Is206WithThatPart(string range, int first, int count)
    {
        foreach (var algorithm in new[] { Algorithm.Sha256, Algorithm.Sha512 })
        {
            var (digest, content) = await PushAsync(algorithm);
            var reply = await ExpectAsync(206, Client.GetAsync(BlobCalls.BlobPath(Repository, digest), ("Range", range)), range);
            Assert.Equal(content[first..(first + count)], reply.Body);
            Assert.Equal(count, reply.ContentHeaders.ContentLength);
            Assert.Equal($"bytes {first}-{first + count - 1}/{Size}", reply.Header("Content-Range"));
        }
    }

    [Theory]
    [InlineData("bytes=5000-10000")]
    [InlineData("bytes=2048-")]
    public async Task GetBlob_RangeBehindTheEnd_Is416(string range)
    {
        var (digest, _) = await PushAsync(Algorithm.Sha256);
        var reply = await ExpectAsync(416, Client.GetAsync(BlobCalls.BlobPath(Repository, digest), ("Range", range)), range);
        Assert.Equal($"bytes */{Size}", reply.Header("Content-Range"));
    }

    // RFC 9110 calls such a range invalid and lets a server ignore it; the conformance suite wants 416 and tolerates the whole blob.
    [Fact]
    public async Task GetBlob_RangeBackwards_IsRefusedOrIgnored()
    {
        var (digest, content) = await PushAsync(Algorithm.Sha256);
        var reply = await Client.GetAsync(BlobCalls.BlobPath(Repository, digest), ("Range", "bytes=500-0"));
        Assert.True(reply.Code == 416 || (reply.Code == 200 && reply.Body.AsSpan().SequenceEqual(content)), reply.ToString());
    }

    private async Task<(string Digest, byte[] Content)> PushAsync(string algorithm)
    {
        var content = Content.Bytes(Size);
        var digest = Algorithm.Digest(algorithm, content);
        await ExpectAsync(201, Client.PushBlobAsync(Repository, new TestBlob(content, digest)), "push");
        return (digest, content);
    }
}
