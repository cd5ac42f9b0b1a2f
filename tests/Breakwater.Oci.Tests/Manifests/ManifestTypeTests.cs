namespace Breakwater.Oci.Tests.Manifests;

/// <summary>What kind of manifest a body is, by its own word, the request's, or its fields.</summary>
public sealed class ManifestTypeTests
{
    private static readonly string UntypedImage = Without(Sample.Image(), MediaTypes.OciManifest);
    private static readonly string UntypedIndex = Without(Sample.Index(), MediaTypes.OciIndex);

    [Fact]
    public void Parse_NoTypeAnywhere_IsInferred()
    {
        Assert.Equal(MediaTypes.OciManifest, Sample.Parse(UntypedImage).MediaType);
        Assert.Equal(MediaTypes.OciIndex, Sample.Parse(UntypedIndex).MediaType);
    }

    [Fact]
    public void Parse_TypeInRequestOnly_IsTheRequests()
    {
        Assert.Equal(MediaTypes.OciManifest, Sample.Parse(UntypedImage, MediaTypes.OciManifest).MediaType);
        Assert.Equal(MediaTypes.OciIndex, Sample.Parse(UntypedIndex, MediaTypes.OciIndex).MediaType);
    }

    [Theory]
    [InlineData("application/vnd.oci.image.manifest.v1+json; charset=utf-8")]
    [InlineData("Application/Vnd.OCI.Image.Manifest.v1+JSON")]
    [InlineData("")]
    [InlineData(null)]
    public void Parse_ContentTypeInAnySpelling_Matches(string? contentType) =>
        Assert.Equal(MediaTypes.OciManifest, Sample.Parse(Sample.Image(), contentType).MediaType);

    [Theory]
    [InlineData(MediaTypes.OciIndex)]
    [InlineData(MediaTypes.DockerManifest)]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    [InlineData("not a media type")]
    public void Parse_ContentTypeIsAnother_IsRefused(string contentType) => Sample.Refused(Sample.Image(), contentType);

    [Fact]
    public void Parse_UntypedBodyOfAnotherKind_IsRefused()
    {
        Sample.Refused(UntypedImage, MediaTypes.OciIndex);
        Sample.Refused(UntypedIndex, MediaTypes.OciManifest);
        Sample.Refused(UntypedImage, MediaTypes.DockerManifest);
        Sample.Refused(UntypedImage, "application/json");
        Sample.Refused("""{"schemaVersion":2}""");
        Sample.Refused("""{"schemaVersion":2,"blobs":[]}""");
    }

    [Theory]
    [InlineData("application/vnd.example.manifest+json")]
    [InlineData("application/vnd.OCI.image.manifest.v1+json")]
    [InlineData("application/vnd.oci.image.manifest.v1+json ")]
    public void Parse_UnknownMediaType_IsRefused(string mediaType) =>
        Sample.Refused(Sample.Image().Replace($"\"{MediaTypes.OciManifest}\"", $"\"{mediaType}\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"schemaVersion":1,"name":"a","tag":"b","fsLayers":[],"history":[]}""", null)]
    [InlineData("""{"schemaVersion":1}""", MediaTypes.DockerManifestV1Signed)]
    [InlineData("""{"schemaVersion":2}""", MediaTypes.DockerManifestV1)]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v1+json"}""", null)]
    public void Parse_Schema1_IsRefusedWithTheRemedy(string body, string? contentType) =>
        Assert.Contains("schema 2", Sample.Refused(body, contentType).ClientMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("3")]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("2.0")]
    [InlineData("2e0")]
    [InlineData("\"2\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("99999999999999999999")]
    public void Parse_SchemaVersionNotTwo_IsRefused(string version) =>
        Sample.Refused(Sample.Image().Replace("\"schemaVersion\":2", $"\"schemaVersion\":{version}", StringComparison.Ordinal));

    [Fact]
    public void Parse_SchemaVersionMissing_IsRefused() =>
        Sample.Refused(Sample.Image().Replace("\"schemaVersion\":2,", "", StringComparison.Ordinal));

    private static string Without(string body, string mediaType) => body.Replace($"\"mediaType\":\"{mediaType}\",\n", "", StringComparison.Ordinal);
}
