namespace Breakwater.Oci.Tests.Manifests;

public sealed class ManifestParserTests
{
    [Fact]
    public void Parse_Image_GivesEdgesInOrder()
    {
        var manifest = Sample.Parse(Sample.Image(), MediaTypes.OciManifest);

        Assert.Equal(MediaTypes.OciManifest, manifest.MediaType);
        Assert.Equal(MediaTypes.OciConfig, manifest.ConfigMediaType);
        Assert.Equal(MediaTypes.OciConfig, manifest.ArtifactType);
        Assert.Null(manifest.Subject);
        Assert.Empty(manifest.Annotations);
        Assert.Equal(
            [
                new ManifestEdge(EdgeKind.Config, Sample.DigestOf("config"), MediaTypes.OciConfig, 6, true),
                new ManifestEdge(EdgeKind.Layer, Sample.DigestOf("layer 1"), MediaTypes.OciLayerGzip, 7, true),
                new ManifestEdge(EdgeKind.Layer, Sample.DigestOf("layer 2"), MediaTypes.OciLayerGzip, 7, true),
            ],
            manifest.Edges);
    }

    [Fact]
    public void Parse_Index_GivesChildrenThatMayBeAbsent()
    {
        var manifest = Sample.Parse(Sample.Index(), MediaTypes.OciIndex);

        Assert.Equal(MediaTypes.OciIndex, manifest.MediaType);
        Assert.Null(manifest.ArtifactType);
        Assert.Null(manifest.ConfigMediaType);
        Assert.Equal(
            [
                new ManifestEdge(EdgeKind.Child, Sample.DigestOf("image 1"), MediaTypes.OciManifest, 7, false),
                new ManifestEdge(EdgeKind.Child, Sample.DigestOf("image 2"), MediaTypes.OciManifest, 7, false),
            ],
            manifest.Edges);
    }

    [Fact]
    public void Parse_Subject_IsAnEdgeThatMayBeAbsent()
    {
        var subject = $",\"subject\":{Sample.Descriptor(MediaTypes.OciManifest, "subject")}";
        foreach (var body in new[] { Sample.Image(subject), Sample.Index(subject) })
        {
            var manifest = Sample.Parse(body);
            Assert.Equal(Sample.DigestOf("subject"), manifest.Subject);
            Assert.Equal(new ManifestEdge(EdgeKind.Subject, Sample.DigestOf("subject"), MediaTypes.OciManifest, 7, false), manifest.Edges[^1]);
        }
    }

    [Fact]
    public void Parse_ArtifactType_IsItsOwnElseTheConfigsElseNull()
    {
        Assert.Equal("application/x.own", Sample.Parse(Sample.Image(",\"artifactType\":\"application/x.own\"")).ArtifactType);
        Assert.Equal(MediaTypes.OciConfig, Sample.Parse(Sample.Image(",\"artifactType\":\"\"")).ArtifactType);
        Assert.Equal("application/x.own", Sample.Parse(Sample.Index(",\"artifactType\":\"application/x.own\"")).ArtifactType);
        Assert.Null(Sample.Parse(Sample.Index(",\"artifactType\":\"\"")).ArtifactType);
    }

    [Fact]
    public void Parse_Annotations_AreKept()
    {
        var annotations = Sample.Parse(Sample.Image(""","annotations":{"a":"1","A":"\u0032","":""}""")).Annotations;
        Assert.Equal(3, annotations.Count);
        Assert.Equal("1", annotations["a"]);
        Assert.Equal("2", annotations["A"]);
        Assert.Equal("", annotations[""]);
    }

    [Fact]
    public void Parse_NonDistributableLayer_MayBeAbsent()
    {
        var layers = $"[{Sample.Descriptor(MediaTypes.OciForeignLayerGzip, "far", ",\"urls\":[\"https://store.example.com/x\"]")}]";
        Assert.False(Sample.Parse(Sample.Image(layers: layers)).Edges[1].MustExist);
    }

    [Fact]
    public void Parse_RepeatedContent_IsOneEdgePerKindAndMustExistIfOnceItMust()
    {
        var far = Sample.Descriptor(MediaTypes.OciForeignLayer, "same");
        var here = Sample.Descriptor(MediaTypes.OciLayer, "same");
        var edges = Sample.Parse(Sample.Image(config: Sample.Descriptor(MediaTypes.OciEmpty, "same"), layers: $"[{far},{here},{here}]")).Edges;
        Assert.Equal([EdgeKind.Config, EdgeKind.Layer], edges.Select(e => e.Kind));
        Assert.True(edges[1].MustExist);
    }

    [Fact]
    public void Parse_DockerManifestAndList_AreAccepted()
    {
        var image = Sample.Image().Replace(MediaTypes.OciManifest, MediaTypes.DockerManifest, StringComparison.Ordinal);
        var list = Sample.Index().Replace(MediaTypes.OciIndex, MediaTypes.DockerManifestList, StringComparison.Ordinal);
        Assert.Equal(3, Sample.Parse(image, MediaTypes.DockerManifest).Edges.Count);
        Assert.Equal(MediaTypes.DockerManifestList, Sample.Parse(list, MediaTypes.DockerManifestList).MediaType);
    }

    [Fact]
    public void Parse_DockerManifestWithSubject_KnowsNoSubject()
    {
        var body = Sample.Image($",\"subject\":{Sample.Descriptor(MediaTypes.OciManifest)}").Replace($"\"{MediaTypes.OciManifest}\",\n", $"\"{MediaTypes.DockerManifest}\",\n", StringComparison.Ordinal);
        var manifest = Sample.Parse(body);
        Assert.Equal(MediaTypes.DockerManifest, manifest.MediaType);
        Assert.Null(manifest.Subject);
        Assert.DoesNotContain(manifest.Edges, e => e.Kind == EdgeKind.Subject);
    }

    [Fact]
    public void Parse_OciArtifactManifest_GivesItsBlobsAsLayers()
    {
        var body = $$"""
            {"mediaType":"{{MediaTypes.OciArtifactManifest}}","artifactType":"application/x.sbom",
             "blobs":[{{Sample.Descriptor("application/x.sbom", "sbom")}}],"subject":{{Sample.Descriptor(MediaTypes.OciManifest, "subject")}}}
            """;
        var manifest = Sample.Parse(body, MediaTypes.OciArtifactManifest);
        Assert.Equal("application/x.sbom", manifest.ArtifactType);
        Assert.Equal([(EdgeKind.Layer, true), (EdgeKind.Subject, false)], manifest.Edges.Select(e => (e.Kind, e.MustExist)));
    }

    [Theory]
    [InlineData("layers", "[]")]
    [InlineData("layers", "null")]
    [InlineData("subject", "null")]
    [InlineData("annotations", "null")]
    [InlineData("artifactType", "null")]
    public void Parse_EmptyOrNullField_IsAbsent(string field, string value)
    {
        var body = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Sample.Descriptor(MediaTypes.OciConfig)}},"{{field}}":{{value}}}""";
        var manifest = Sample.Parse(body);
        Assert.Single(manifest.Edges);
        Assert.Empty(manifest.Annotations);
    }

    [Fact]
    public void Parse_UnknownFields_AreSkipped()
    {
        var unknown = ""","org.example.custom":"x","nested":{"layers":[{"digest":1}],"nested":{}},"list":[1,[2]],"nested":null""";
        var descriptor = Sample.Descriptor(MediaTypes.OciLayer, "x", ""","platform":{"os":"linux"},"annotations":{"a":"b"},"urls":null,"x":[{}]""");
        Assert.Equal(2, Sample.Parse(Sample.Image(unknown, layers: $"[{descriptor}]")).Edges.Count);
    }

    [Fact]
    public void Parse_Sha512Digests_AreAccepted()
    {
        var config = Sample.Descriptor(MediaTypes.OciConfig, Sample.Sha512Of("c"), 1);
        Assert.Equal(DigestAlgorithm.Sha512, Sample.Parse(Sample.Image(config: config)).Edges[0].Target.Algorithm);
    }

    [Fact]
    public void Parse_EscapedFieldName_IsTheField()
    {
        var body = Sample.Image().Replace("\"layers\"", "\"\\u006cayers\"", StringComparison.Ordinal);
        Assert.Equal(3, Sample.Parse(body).Edges.Count);
    }

    [Fact]
    public void Parse_Whitespace_AroundTheBodyIsAllowed() => Assert.Equal(3, Sample.Parse(" \r\n\t" + Sample.Image() + "  \n").Edges.Count);
}
