using System.Text;
using FsCheck.Fluent;

namespace Breakwater.Oci.Tests.Manifests;

/// <summary>No bytes make the parser fail in another way than by the two rows of the error table, and what it accepts keeps its promises.</summary>
public sealed class ManifestParserProperties
{
    private static readonly string[] Seeds =
    [
        Sample.Image($",\"artifactType\":\"a/b\",\"subject\":{Sample.Descriptor(MediaTypes.OciManifest)},\"annotations\":{{\"a\":\"\\u0041\"}}"),
        Sample.Index(",\"x\":[{\"y\":null}]"),
        Sample.Image(layers: $"[{Sample.Descriptor(MediaTypes.OciLayer, "x", ",\"data\":\"eA==\"")}]"),
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "1", "-1", "1e999", "\"layers\":", "\"config\":{", "\"manifests\":[", "\"data\":\"", "\0", "\uFFFF",
    ];

    [Property(MaxTest = 500)]
    public void Parse_ArbitraryBytes_ThrowsOnlyRowsOfTheTable(byte[] body, string? contentType)
    {
        AssertSound(body, contentType);
        AssertSound([.. "{\"schemaVersion\":2,"u8, .. body, .. "}"u8], null);
    }

    [Property(MaxTest = 2000)]
    public Property Parse_MutatedManifest_ThrowsOnlyRowsOfTheTable()
    {
        var mutated =
            from seed in Gen.Elements(Seeds)
            from start in Gen.Choose(0, seed.Length - 1)
            from removed in Gen.Choose(0, 20)
            from pieces in Gen.Elements(Pieces).ListOf().Resize(3)
            select seed[..start] + string.Concat(pieces) + seed[Math.Min(seed.Length, start + removed)..];
        return Prop.ForAll(mutated.ToArbitrary(), body => AssertSound(Encoding.UTF8.GetBytes(body), null));
    }

    [Property(MaxTest = 2000)]
    public Property Parse_ManifestWithOneByteChanged_ThrowsOnlyRowsOfTheTable()
    {
        var changed =
            from seed in Gen.Elements(Seeds)
            from at in Gen.Choose(0, Encoding.UTF8.GetByteCount(seed) - 1)
            from value in Gen.Choose(0, 255)
            select (Seed: seed, At: at, Value: (byte)value);
        return Prop.ForAll(changed.ToArbitrary(), change =>
        {
            var body = Encoding.UTF8.GetBytes(change.Seed);
            body[change.At] = change.Value;
            AssertSound(body, null);
        });
    }

    private static void AssertSound(byte[] body, string? contentType)
    {
        ParsedManifest manifest;
        try
        {
            manifest = ManifestParser.Parse(body, contentType);
        }
        catch (OciException e)
        {
            Assert.Contains(e.Error, new[] { OciErrors.ManifestInvalid, OciErrors.ManifestTooLarge });
            return;
        }

        Assert.True(MediaTypes.IsManifest(manifest.MediaType));
        Assert.All(manifest.Edges, e => Assert.True(e.SizeBytes >= 0 && e.MediaType.Length > 0 && Digest.TryParse(e.Target.Value, out _)));
        Assert.Equal(manifest.Edges.Count, manifest.Edges.Select(e => (e.Kind, e.Target)).Distinct().Count());
    }
}
