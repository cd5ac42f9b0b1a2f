using System.Text;

namespace Breakwater.Oci.Tests.Manifests;

/// <summary>Bodies that are malformed, too large, or that two readers could read as two manifests.</summary>
public sealed class ManifestRefusalTests
{
    private static readonly string Layer = Sample.Descriptor(MediaTypes.OciLayer);
    private static readonly string Child = Sample.Descriptor(MediaTypes.OciManifest);

    public static TheoryData<string> Malformed =>
    [
        "", " ", "null", "1", "\"x\"", "[]", "{", "}", "{}", "{\"a\"}", "{'schemaVersion':2}", "\uFEFF" + Sample.Image(),
        Sample.Image() + "x", Sample.Image() + "{}", Sample.Image() + "\0", Sample.Image()[..^1], Sample.Image() + "//",
        Sample.Image(",\"x\":01"), Sample.Image(",\"x\":1,"), Sample.Image(",/* x */\"x\":1"), Sample.Image(",\"x\":NaN"), Sample.Image(",\"x\":\"\t\""),
        Sample.Image(",\"artifactType\":\"\\ud800\""), Sample.Image(",\"\\ud800\":1"), Sample.Image(",\"annotations\":{\"\\udc00\":\"\"}"),
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Parse_NotOneJsonObject_IsRefused(string body) => Sample.Refused(body);

    [Fact]
    public void Parse_InvalidUtf8_IsRefused()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(Sample.Image()[..^1] + ",\"x\":\""), 0xC0, 0xAF, .. "\"}"u8];
        Assert.Same(OciErrors.ManifestInvalid, Assert.Throws<OciException>(() => ManifestParser.Parse(body, null)).Error);
    }

    [Theory]
    [InlineData(",\"LAYERS\":[]")]
    [InlineData(",\"Manifests\":null")]
    [InlineData(",\"layer\\u017F\":[]")]
    [InlineData(",\"\u017Fubject\":null")]
    [InlineData(",\"FSLayers\":[]")]
    [InlineData(",\"layers\":[]")]
    [InlineData(",\"\\u006cayers\":[]")]
    [InlineData(",\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"")]
    [InlineData(",\"schemaVersion\":2")]
    [InlineData(",\"subject\":null,\"subject\":null")]
    [InlineData(",\"annotations\":{},\"annotations\":{}")]
    [InlineData(",\"annotations\":{\"a\":\"1\",\"\\u0061\":\"2\"}")]
    public void Parse_FieldTwiceOrInOtherCase_IsRefused(string more) => Sample.Refused(Sample.Image(more));

    [Theory]
    [InlineData(",\"digest\":\"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"")]
    [InlineData(",\"Digest\":\"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"")]
    [InlineData(",\"SIZE\":1")]
    [InlineData(",\"MediaType\":\"x/y\"")]
    [InlineData(",\"data\":null,\"data\":null")]
    public void Parse_DescriptorsFieldTwiceOrInOtherCase_IsRefused(string more) =>
        Sample.Refused(Sample.Image(layers: $"[{Sample.Descriptor(MediaTypes.OciLayer, "x", more)}]"));

    [Fact]
    public void Parse_FieldsOfTwoKinds_AreRefused()
    {
        Sample.Refused(Sample.Image($",\"manifests\":[{Child}]"));
        Sample.Refused(Sample.Image(",\"manifests\":null"));
        Sample.Refused(Sample.Image(",\"blobs\":[]"));
        Sample.Refused(Sample.Image(",\"fsLayers\":[]"));
        Sample.Refused(Sample.Index($",\"layers\":[{Layer}]"));
        Sample.Refused(Sample.Index($",\"config\":{Layer}"));
        Sample.Refused($$"""{"schemaVersion":2,"manifests":[{{Child}}],"config":{{Layer}},"layers":[]}""");
        Sample.Refused($$"""{"mediaType":"{{MediaTypes.OciArtifactManifest}}","blobs":[],"layers":[]}""");
    }

    [Fact]
    public void Parse_RequiredFieldMissingOrOfAnotherShape_IsRefused()
    {
        Sample.Refused($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","layers":[]}""");
        Sample.Refused($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}"}""");
        Sample.Refused(Sample.Image(config: "null"));
        Sample.Refused(Sample.Image(config: "[]"));
        Sample.Refused(Sample.Image(config: "{}"));
        Sample.Refused(Sample.Image(layers: "{}"));
        Sample.Refused(Sample.Image(layers: "[null]"));
        Sample.Refused(Sample.Image(layers: "[[]]"));
        Sample.Refused(Sample.Image(layers: "\"x\""));
        Sample.Refused(Sample.Index(manifests: "[1]"));
        Sample.Refused(Sample.Image(",\"subject\":[]"));
        Sample.Refused(Sample.Image(",\"annotations\":[]"));
        Sample.Refused(Sample.Image(",\"artifactType\":{}"));
    }

    [Theory]
    [InlineData("""{"digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0}""")]
    [InlineData("""{"mediaType":"","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0}""")]
    [InlineData("""{"mediaType":"a/\u0000","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":-1}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":1.5}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":9223372036854775808}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":"0"}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855","size":0}""")]
    [InlineData("""{"mediaType":"a/b","digest":"sha384:e3b0","size":0}""")]
    [InlineData("""{"mediaType":"a/b","digest":"","size":0}""")]
    [InlineData("""{"mediaType":"a/b","digest":7,"size":0}""")]
    [InlineData("""{"mediaType":"a/b","size":0}""")]
    public void Parse_BadDescriptor_IsRefusedWhereverItStands(string descriptor)
    {
        Sample.Refused(Sample.Image(config: descriptor));
        Sample.Refused(Sample.Image(layers: $"[{Layer},{descriptor}]"));
        Sample.Refused(Sample.Index(manifests: $"[{descriptor}]"));
        Sample.Refused(Sample.Image($",\"subject\":{descriptor}"));
    }

    [Theory]
    [InlineData("\"eA==\"", true)]
    [InlineData("null", true)]
    [InlineData("\"eQ==\"", false)]
    [InlineData("\"eHg=\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("\"eA\"", false)]
    [InlineData("\"!\"", false)]
    [InlineData("1", false)]
    public void Parse_Data_MustMatchSizeAndDigest(string data, bool isAccepted)
    {
        var body = Sample.Image(layers: $"[{Sample.Descriptor(MediaTypes.OciLayer, "x", $",\"data\":{data}")}]");
        if (isAccepted)
            Assert.Equal(2, Sample.Parse(body).Edges.Count);
        else
            Sample.Refused(body);
    }

    [Fact]
    public void Parse_DataOfTheDigestButNotTheSize_IsRefused() =>
        Sample.Refused(Sample.Image(config: Sample.Descriptor(MediaTypes.OciConfig, Sample.DigestOf("x"), 2, ",\"data\":\"eA==\"")));

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Parse_AnnotationNotText_IsRefused(string value) => Sample.Refused(Sample.Image($",\"annotations\":{{\"a\":{value}}}"));

    [Theory]
    [InlineData(ManifestParser.MaxDepth - 1, true)]
    [InlineData(ManifestParser.MaxDepth, false)]
    [InlineData(100_000, false)]
    public void Parse_Depth_IsBounded(int arrays, bool isAccepted)
    {
        var body = Sample.Image($",\"x\":{new string('[', arrays)}{new string(']', arrays)}");
        if (isAccepted)
            Assert.Equal(3, Sample.Parse(body).Edges.Count);
        else
            Sample.Refused(body);
    }

    [Fact]
    public void Parse_Size_IsBounded()
    {
        var body = Sample.Image();
        Assert.Equal(3, Sample.Parse(body.PadRight(ManifestParser.MaxSizeBytes)).Edges.Count);
        var exception = Assert.Throws<OciException>(() => Sample.Parse(body.PadRight(ManifestParser.MaxSizeBytes + 1)));
        Assert.Same(OciErrors.ManifestTooLarge, exception.Error);
    }

    [Fact]
    public void Parse_NumberOfDescriptorsAndAnnotations_IsBounded()
    {
        string Layers(int count) => $"[{string.Join(',', Enumerable.Repeat(Layer, count))}]";
        string Annotations(int count) => $",\"annotations\":{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\":\"\""))}}}";

        Assert.Equal(2, Sample.Parse(Sample.Image(layers: Layers(ManifestParser.MaxEdges - 1))).Edges.Count);
        Sample.Refused(Sample.Image(layers: Layers(ManifestParser.MaxEdges)));
        Assert.Equal(ManifestParser.MaxAnnotations, Sample.Parse(Sample.Image(Annotations(ManifestParser.MaxAnnotations))).Annotations.Count);
        Sample.Refused(Sample.Image(Annotations(ManifestParser.MaxAnnotations + 1)));
    }

    [Fact]
    public void Parse_LongMediaType_IsRefused()
    {
        Assert.Equal(2, Sample.Parse(Sample.Image(layers: $"[{Sample.Descriptor(new string('a', 255))}]")).Edges.Count);
        Sample.Refused(Sample.Image(layers: $"[{Sample.Descriptor(new string('a', 256))}]"));
    }
}
