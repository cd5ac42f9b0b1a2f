namespace Breakwater.Oci.Tests.Http;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/vnd.oci.image.manifest.v1+json", MediaTypes.OciManifest)]
    [InlineData("Application/JSON; charset=utf-8", "application/json")]
    [InlineData("  text/plain ;a=b;c=d", "text/plain")]
    public void TryParse_ContentType_GivesTheEssence(string header, string expected)
    {
        Assert.True(MediaTypes.TryParse(header, out var essence));
        Assert.Equal(expected, essence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("json")]
    [InlineData("/json")]
    [InlineData("application/")]
    [InlineData("application/a/b")]
    [InlineData("application/js on")]
    [InlineData("application/json, text/plain")]
    [InlineData("application/\u00E9")]
    public void TryParse_NoMediaType_Fails(string? header) => Assert.False(MediaTypes.TryParse(header, out _));

    [Theory]
    [InlineData(MediaTypes.OciManifest, true, false)]
    [InlineData(MediaTypes.DockerManifest, true, false)]
    [InlineData(MediaTypes.OciArtifactManifest, true, false)]
    [InlineData(MediaTypes.OciIndex, true, true)]
    [InlineData(MediaTypes.DockerManifestList, true, true)]
    [InlineData(MediaTypes.DockerManifestV1, false, false)]
    [InlineData("application/json", false, false)]
    public void IsManifest_IsIndex_KnowTheAcceptedTypes(string mediaType, bool isManifest, bool isIndex) =>
        Assert.Equal((isManifest, isIndex), (MediaTypes.IsManifest(mediaType), MediaTypes.IsIndex(mediaType)));

    [Theory]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar", true)]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", true)]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd", true)]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", true)]
    [InlineData(MediaTypes.OciLayerGzip, false)]
    public void IsNonDistributable_KnowsForeignLayers(string mediaType, bool expected) =>
        Assert.Equal(expected, MediaTypes.IsNonDistributable(mediaType));
}
