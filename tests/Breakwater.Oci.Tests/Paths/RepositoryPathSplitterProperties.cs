namespace Breakwater.Oci.Tests.Paths;

[Properties(Arbitrary = [typeof(PathArbitraries)], MaxTest = 2000)]
public sealed class RepositoryPathSplitterProperties
{
    [Property]
    public void Split_ValidPathInAnySpelling_RoundTrips(ValidPath path)
    {
        var result = RepositoryPathSplitter.Split(path.Encode());
        Assert.Equal(PathSplitKind.Ok, result.Kind);
        Assert.Equal((path.Name, path.Tail), (result.Path!.Repository.Value, result.Path.Tail));
    }

    [Property]
    public void Split_ValidPathEncodedOnceMore_IsMalformed(ValidPath path)
    {
        var raw = path.Encode();
        var twice = raw.Replace("%", "%25", StringComparison.Ordinal);
        var expected = raw == twice ? PathSplitKind.Ok : PathSplitKind.Malformed;
        Assert.Equal(expected, RepositoryPathSplitter.Split(twice).Kind);
    }

    [Property]
    public void Split_NearlyValidPath_NeverYieldsWhatIsNotValid(NearlyValidPath path)
    {
        AssertSound(path.Raw);
        AssertSound("/acr/v1/" + path.Raw["/v2/".Length..]);
    }

    [Property]
    public void Split_AnyText_NeverYieldsWhatIsNotValid(string? text)
    {
        AssertSound(text ?? "");
        AssertSound("/v2/" + text);
        AssertSound("/acr/v1/" + text);
    }

    private static void AssertSound(string raw)
    {
        var result = RepositoryPathSplitter.Split(raw);
        Assert.Equal(result.Kind == PathSplitKind.Ok, result.Path is not null);
        if (result.Path is not { } path)
            return;

        Assert.True(RepositoryName.TryParse(path.Repository.Value, out _));
        var decodedOnce = raw.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Replace("%3A", ":", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(decodedOnce, (path.Api, path.Tail) switch
        {
            (PathApi.Distribution, _) => $"/v2/{path.Repository}/{path.Tail}",
            (_, "") => $"/acr/v1/{path.Repository}",
            _ => $"/acr/v1/{path.Repository}/{path.Tail}",
        });
        Assert.DoesNotContain('%', decodedOnce);
    }
}
