namespace Breakwater.Oci.Tests.Paths;

public sealed class RepositoryPathSplitterTests
{
    [Theory]
    [InlineData("/v2/a/manifests/v1", "a", "manifests/v1")]
    [InlineData("/v2/library/ubuntu/manifests/sha256:abc", "library/ubuntu", "manifests/sha256:abc")]
    [InlineData("/v2/library%2Fubuntu/manifests/sha256%3Aabc", "library/ubuntu", "manifests/sha256:abc")]
    [InlineData("/v2/library%2fubuntu%2fmanifests%2fsha256%3aabc", "library/ubuntu", "manifests/sha256:abc")]
    [InlineData("/v2/a/blobs/sha256:abc", "a", "blobs/sha256:abc")]
    [InlineData("/v2/a/blobs/uploads/", "a", "blobs/uploads/")]
    [InlineData("/v2/a/blobs/uploads%2F", "a", "blobs/uploads/")]
    [InlineData("/v2/a/blobs/uploads/0f8f", "a", "blobs/uploads/0f8f")]
    [InlineData("/v2/a/blobs/uploads", "a", "blobs/uploads")]
    [InlineData("/v2/a/tags/list", "a", "tags/list")]
    [InlineData("/v2/a/referrers/sha256:abc", "a", "referrers/sha256:abc")]
    [InlineData("/v2/a/tags/list/b/tags/list", "a/tags/list/b", "tags/list")]
    [InlineData("/v2/a/manifests/b/manifests/c", "a/manifests/b", "manifests/c")]
    [InlineData("/v2/manifests/manifests/manifests", "manifests", "manifests/manifests")]
    [InlineData("/v2/blobs/uploads/blobs/uploads/", "blobs/uploads", "blobs/uploads/")]
    [InlineData("/v2/a/blobs/uploads/manifests/v1", "a/blobs/uploads", "manifests/v1")]
    [InlineData("/v2/a/blobs/manifests/v1", "a/blobs", "manifests/v1")]
    [InlineData("/v2/a/blobs/blobs/uploads/manifests", "a/blobs", "blobs/uploads/manifests")]
    [InlineData("/v2/a/manifests/..", "a", "manifests/..")]
    public void Split_KnownShape_GivesNameAndTail(string raw, string name, string tail)
    {
        var result = RepositoryPathSplitter.Split(raw);
        Assert.Equal(PathSplitKind.Ok, result.Kind);
        Assert.Equal((name, tail), (result.Path!.Repository.Value, result.Path.Tail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v2")]
    [InlineData("/v2/")]
    [InlineData("/v2/_catalog")]
    [InlineData("/V2/a/manifests/v1")]
    [InlineData("/v1/a/manifests/v1")]
    [InlineData("/x/v2/a/manifests/v1")]
    [InlineData("/v2%2Fa/manifests/v1")]
    [InlineData("/v2/a")]
    [InlineData("/v2/a/manifests")]
    [InlineData("/v2/a/manifests/")]
    [InlineData("/v2/a/blobs/")]
    [InlineData("/v2/a/referrers/")]
    [InlineData("/v2/a/tags/")]
    [InlineData("/v2/a/tags/list/")]
    [InlineData("/v2/a/tags/lists")]
    [InlineData("/v2/a/uploads/")]
    [InlineData("/v2/a/xblobs/uploads/")]
    [InlineData("/v2/a/blobs/uploads//")]
    [InlineData("/v2/a/blobs/uploads/b/c")]
    [InlineData("/v2/a/manifests/b%2Fc")]
    [InlineData("/v2/manifests/v1")]
    [InlineData("/v2/blobs/uploads/")]
    [InlineData("/v2/tags/list")]
    [InlineData("/v2/a/manifests/b/")]
    [InlineData("/v2/a/MANIFESTS/b")]
    public void Split_NoKnownShape_IsNotRepository(string raw) =>
        Assert.Equal(new PathSplitResult(PathSplitKind.NotRepository, null), RepositoryPathSplitter.Split(raw));

    [Theory]
    [InlineData("/v2/a%252Fb/manifests/v1")]
    [InlineData("/v2/a%25/manifests/v1")]
    [InlineData("/v2/a%20b/manifests/v1")]
    [InlineData("/v2/a/%6Danifests/v1")]
    [InlineData("/v2/%7E/manifests/v1")]
    [InlineData("/v2/a/manifests/v1%")]
    [InlineData("/v2/a/manifests/v1%2")]
    [InlineData("/v2/a/manifests/v1%2G")]
    [InlineData("/v2/a/manifests/v1%00")]
    [InlineData("/v2/a/manifests/%2E%2E")]
    [InlineData("/v2/a%5Cb/manifests/v1")]
    [InlineData("/v2/%C0%AF/manifests/v1")]
    [InlineData("/v2/_catalog%20")]
    public void Split_OtherPercentSequence_IsMalformed(string raw) =>
        Assert.Equal(new PathSplitResult(PathSplitKind.Malformed, null), RepositoryPathSplitter.Split(raw));

    [Theory]
    [InlineData("/v2//manifests/v1")]
    [InlineData("/v2/A/manifests/v1")]
    [InlineData("/v2/a//b/manifests/v1")]
    [InlineData("/v2/%2Fa/manifests/v1")]
    [InlineData("/v2/a%2F/manifests/v1")]
    [InlineData("/v2/a/../b/manifests/v1")]
    [InlineData("/v2/./a/manifests/v1")]
    [InlineData("/v2/a%3Ab/manifests/v1")]
    [InlineData("/v2/a:5000/b/tags/list")]
    [InlineData("/v2/a\\b/manifests/v1")]
    [InlineData("/v2/a\0/manifests/v1")]
    [InlineData("/v2/~/manifests/v1")]
    [InlineData("/v2/~/blobs/uploads/")]
    [InlineData("/v2/~/_catalog")]
    [InlineData("/v2/~")]
    [InlineData("/v2/~%2Fmanifests/v1")]
    public void Split_InvalidNameOrInnerForm_IsNameInvalid(string raw) =>
        Assert.Equal(new PathSplitResult(PathSplitKind.NameInvalid, null), RepositoryPathSplitter.Split(raw));

    [Fact]
    public void Split_VeryLongEncodedPath_IsDecoded()
    {
        var result = RepositoryPathSplitter.Split($"/v2/a%2Fb/blobs/uploads/{new string('x', 5000)}");
        Assert.Equal(PathSplitKind.Ok, result.Kind);
        Assert.Equal("a/b", result.Path!.Repository.Value);
    }

    [Fact]
    public void Split_UsualPath_AllocatesTheResultOnly()
    {
        const string raw = "/v2/library%2Fubuntu/manifests/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        RepositoryPathSplitter.Split(raw);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            RepositoryPathSplitter.Split(raw);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 350);
    }
}
