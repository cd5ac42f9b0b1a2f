using Breakwater.Core.Tests.Installation;

namespace Breakwater.Core.Tests.Repositories;

public sealed class RepositoryStoreTests : InstallationTest
{
    [Theory]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public async Task List_RepositoriesGetTheirFirstAndLoseTheirLastManifest_IsAlwaysCurrent(int limit)
    {
        Assert.Empty(await Here.CatalogAsync(limit: limit));
        var one = await Here.PushImageAsync("b", "v1", seed: 1);
        await Here.PushAsync("only-a-blob", TestInstallation.Content(10));
        Assert.Equal(["b"], await Here.CatalogAsync(limit: limit));
        var two = await Here.PushImageAsync("b", "v2", seed: 2);
        await Here.PushImageAsync("a/c", "v1");
        Assert.Equal(["a/c", "b"], await Here.CatalogAsync(limit: limit));
        await Here.Open.Manifests.DeleteAsync(Here.At("b"), one);
        Assert.Equal(["a/c", "b"], await Here.CatalogAsync(limit: limit));
        await Here.Open.Manifests.DeleteAsync(Here.At("b"), two);
        Assert.Equal(["a/c"], await Here.CatalogAsync(limit: limit));
    }
}
