namespace Breakwater.Oci.Tests.Paths;

/// <summary>Paths of <c>/acr/v1</c>, cut by the same splitter.</summary>
public sealed class AcrPathTests
{
    [Theory]
    [InlineData("/acr/v1/a", "a", "")]
    [InlineData("/acr/v1/library/hello-world", "library/hello-world", "")]
    [InlineData("/acr/v1/library%2Fhello-world", "library/hello-world", "")]
    [InlineData("/acr/v1/a/_tags", "a", "_tags")]
    [InlineData("/acr/v1/a%2fb%2f_tags", "a/b", "_tags")]
    [InlineData("/acr/v1/a/_tags/v1", "a", "_tags/v1")]
    [InlineData("/acr/v1/a/_tags/_tags", "a", "_tags/_tags")]
    [InlineData("/acr/v1/a/_tags/_manifests", "a", "_tags/_manifests")]
    [InlineData("/acr/v1/a/_tags/_x", "a", "_tags/_x")]
    [InlineData("/acr/v1/a/_manifests", "a", "_manifests")]
    [InlineData("/acr/v1/library%2Fhello-world/_manifests/sha256%3Aabc", "library/hello-world", "_manifests/sha256:abc")]
    [InlineData("/acr/v1/a/tags/list", "a/tags/list", "")]
    [InlineData("/acr/v1/a/manifests/_tags/v1", "a/manifests", "_tags/v1")]
    [InlineData("/acr/v1/a__b/_tags/v1", "a__b", "_tags/v1")]
    [InlineData("/acr/v1/a/_tags/..", "a", "_tags/..")]
    public void Split_KnownShape_GivesNameAndTail(string raw, string name, string tail)
    {
        var result = RepositoryPathSplitter.Split(raw);
        Assert.Equal(PathSplitKind.Ok, result.Kind);
        Assert.Equal((name, tail, PathApi.AcrDataPlane), (result.Path!.Repository.Value, result.Path.Tail, result.Path.Api));
    }

    [Theory]
    [InlineData("/acr/v1/_deleted/a/_tags", "a", "_tags")]
    [InlineData("/acr/v1/_deleted/a%2Fb/_manifests", "a/b", "_manifests")]
    [InlineData("/acr/v1/_deleted/a/b/_manifests/sha256%3Aabc", "a/b", "_manifests/sha256:abc")]
    [InlineData("/acr/v1/_deleted/a", "a", "")]
    public void Split_Deleted_IsAnInterfaceOfItsOwn(string raw, string name, string tail)
    {
        var result = RepositoryPathSplitter.Split(raw);
        Assert.Equal((PathSplitKind.Ok, name, tail, PathApi.AcrDeleted), (result.Kind, result.Path!.Repository.Value, result.Path.Tail, result.Path.Api));
    }

    [Theory]
    [InlineData("/acr/v1", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/", PathSplitKind.NotRepository)]
    [InlineData("/acr/v2/a", PathSplitKind.NotRepository)]
    [InlineData("/ACR/v1/a", PathSplitKind.NotRepository)]
    [InlineData("/acr%2Fv1/a", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_catalog", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_tags/v1", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_deleted/_catalog", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_deleted/", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_deleted", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_deleted%2Fa/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_deleted/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_deleted/_deleted/a/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_deleted/~/_tags", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1/_deleted%2F~/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_Deleted/a/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/a/_streaming", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/a/_operations/1", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/a/_tags/v1/x", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/a/_tags/v1/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/_tags/_tags", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/a/_tags/a%2Fb", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/a/_tags/", PathSplitKind.NotRepository)]
    [InlineData("/acr/v1/a/", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1/A", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1/a//b", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1/a/../b", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1/~", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1/~/_tags", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1//_tags", PathSplitKind.NameInvalid)]
    [InlineData("/acr/v1/a%252Fb", PathSplitKind.Malformed)]
    [InlineData("/acr/v1/%7E", PathSplitKind.Malformed)]
    [InlineData("/acr/v1/a/%5Ftags", PathSplitKind.Malformed)]
    public void Split_AnythingElse_IsRefused(string raw, PathSplitKind kind) => Assert.Equal(new PathSplitResult(kind, null), RepositoryPathSplitter.Split(raw));
}
