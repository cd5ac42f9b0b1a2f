using FsCheck.Fluent;

namespace Breakwater.Oci.Tests.Manifests;

public sealed class SignatureClassifierTests
{
    private const string Notation = "application/vnd.cncf.notary.signature", Jose = "application/jose+json", Cose = "application/cose";
    private const string CosignType = "application/vnd.dev.cosign.artifact.sig.v1+json", SimpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";
    private const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json", Dsse = "application/vnd.dsse.envelope.v1+json", InToto = "application/vnd.in-toto+json";

    private static readonly string[] SignatureTypes = [Notation, CosignType, SimpleSigning, Bundle];

    private static readonly string[] OtherTypes =
    [
        MediaTypes.OciConfig, MediaTypes.OciEmpty, MediaTypes.OciLayer, MediaTypes.OciLayerGzip, Jose, Cose, "application/spdx+json", "application/vnd.cncf.helm.config.v1+json",
        "application/vnd.dev.cosign.artifact.sbom.v1+json", "x" + Notation, "application/vnd.dev.sigstore", "application/octet-stream",
    ];

    private static ManifestSignature Image(string? artifactType, string config, params string[] layers) => Sample.Parse(Sample.Image(
        artifactType is null ? "" : $",\"artifactType\":\"{artifactType}\"",
        Sample.Descriptor(config, "config"),
        $"[{string.Join(',', layers.Select(layer => Sample.Descriptor(layer, "layer")))}]")).Signature;

    private static ManifestSignature Index(params string?[] children) => Sample.Parse(Sample.Index(manifests:
        $"[{string.Join(',', children.Select((child, i) => Sample.Descriptor(MediaTypes.OciManifest, $"{i}", child is null ? "" : $",\"artifactType\":\"{child}\"")))}]")).Signature;

    [Theory]
    [InlineData(SignatureKind.Signature, true, Notation, MediaTypes.OciEmpty, Jose)]
    [InlineData(SignatureKind.Signature, true, Notation, MediaTypes.OciEmpty, Cose)]
    [InlineData(SignatureKind.Signature, true, null, Notation, Cose)]
    [InlineData(SignatureKind.Signature, true, null, MediaTypes.OciConfig, SimpleSigning)]
    [InlineData(SignatureKind.Signature, true, null, CosignType, SimpleSigning)]
    [InlineData(SignatureKind.Signature, true, Bundle, MediaTypes.OciEmpty, Bundle)]
    [InlineData(SignatureKind.Signature, true, "APPLICATION/VND.CNCF.NOTARY.SIGNATURE", MediaTypes.OciEmpty, Jose)]
    [InlineData(SignatureKind.Signature, true, "application/vnd.dev.sigstore.bundle+json;version=0.1", MediaTypes.OciEmpty, Bundle)]
    [InlineData(SignatureKind.Attestation, true, null, MediaTypes.OciConfig, Dsse)]
    [InlineData(SignatureKind.Attestation, true, null, MediaTypes.OciConfig, InToto)]
    [InlineData(SignatureKind.Attestation, true, InToto, MediaTypes.OciEmpty, Dsse)]
    [InlineData(SignatureKind.None, false, null, MediaTypes.OciConfig, MediaTypes.OciLayerGzip)]
    [InlineData(SignatureKind.None, false, "application/spdx+json", MediaTypes.OciEmpty, "application/spdx+json")]
    [InlineData(SignatureKind.None, false, null, MediaTypes.OciEmpty, Jose)]
    public void Parse_OneLayer_IsClassified(SignatureKind kind, bool isPure, string? artifactType, string config, string layer) =>
        Assert.Equal(new ManifestSignature(kind, isPure), Image(artifactType, config, layer));

    [Theory]
    [InlineData(Notation, MediaTypes.OciConfig, MediaTypes.OciLayerGzip)]
    [InlineData(Notation, "application/vnd.cncf.helm.config.v1+json", Jose)]
    [InlineData(null, MediaTypes.OciConfig, SimpleSigning, MediaTypes.OciLayerGzip)]
    [InlineData(Notation, MediaTypes.OciEmpty)]
    public void Parse_SignatureThatIsSomethingElseToo_IsNotPure(string? artifactType, string config, params string[] layers) =>
        Assert.Equal(new ManifestSignature(SignatureKind.Signature, false), Image(artifactType, config, layers));

    [Fact]
    public void Parse_SameContentUnderTwoTypes_CountsAsBoth()
    {
        Assert.Equal(new ManifestSignature(SignatureKind.Signature, false), Image(null, MediaTypes.OciConfig, MediaTypes.OciLayerGzip, SimpleSigning));
        Assert.Equal(new ManifestSignature(SignatureKind.Signature, true), Image(null, MediaTypes.OciConfig, Dsse, SimpleSigning));
    }

    [Fact]
    public void Parse_DockerImageOfSignatures_IsNotPure() => Assert.Equal(
        new ManifestSignature(SignatureKind.Signature, false),
        Sample.Parse(Sample.Image(layers: $"[{Sample.Descriptor(SimpleSigning)}]").Replace(MediaTypes.OciManifest, MediaTypes.DockerManifest, StringComparison.Ordinal)).Signature);

    [Fact]
    public void Parse_ListOfReferrers_IsWhatItsManifestsAre()
    {
        Assert.Equal(new ManifestSignature(SignatureKind.Signature, true), Index(Notation, Dsse));
        Assert.Equal(new ManifestSignature(SignatureKind.Signature, false), Index(Notation, "application/spdx+json"));
        Assert.Equal(new ManifestSignature(SignatureKind.Attestation, true), Index(Dsse));
        Assert.Equal(default, Index(null, "application/spdx+json"));
        Assert.Equal(default, Index());
    }

    [Property(MaxTest = 500)]
    public Property Parse_AnySignatureTypeAnywhere_IsASignature()
    {
        var types =
            from others in Gen.Elements(OtherTypes).ListOf().Resize(4)
            from signature in Gen.Elements(SignatureTypes)
            from at in Gen.Choose(0, 2)
            from place in Gen.Choose(0, others.Count)
            select (others, signature, at, place);
        return Prop.ForAll(types.ToArbitrary(), t => Assert.Equal(SignatureKind.Signature, Image(
            t.at == 0 ? t.signature : null,
            t.at == 1 ? t.signature : MediaTypes.OciConfig,
            [.. t.others.Take(t.place), .. t.at == 2 ? [t.signature] : Array.Empty<string>(), .. t.others.Skip(t.place)]).Kind));
    }

    [Property(MaxTest = 500)]
    public Property Parse_OtherTypesOnly_IsNoSignature()
    {
        var types =
            from all in Gen.Elements(OtherTypes).ListOf().Resize(5)
            where all.Count > 1
            select all.ToArray();
        return Prop.ForAll(types.ToArbitrary(), t => Assert.Equal(default, Image(t[0], t[1], t[2..])));
    }

    [Property(MaxTest = 500)]
    public Property Parse_PureSignature_HasNoLayerOfAnImage()
    {
        var types =
            from layers in Gen.Elements<string>([.. OtherTypes, .. SignatureTypes, Dsse, InToto]).ListOf().Resize(5)
            from artifactType in Gen.Elements<string>([.. OtherTypes, .. SignatureTypes])
            from config in Gen.Elements<string>([.. OtherTypes, .. SignatureTypes])
            select (artifactType, config, layers: layers.ToArray());
        return Prop.ForAll(types.ToArbitrary(), t =>
        {
            var found = Image(t.artifactType, t.config, t.layers);
            if (found.IsPure)
                Assert.True(found.Kind != SignatureKind.None && t.layers.Length > 0 && t.layers.All(layer => layer is Jose or Cose or Dsse or InToto || SignatureTypes.Contains(layer)));
        });
    }
}
