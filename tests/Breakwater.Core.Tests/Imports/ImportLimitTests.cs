using System.Text;
using Breakwater.Core.Imports;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Imports;

/// <summary>What one import takes, at the edges: one less, as much, one more.</summary>
public sealed class ImportLimitTests : ImportTest
{
    private readonly MemorySource _source = new();
    private int _made;

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Run_Manifests_AsManyAsTheLimit(int count, bool isTaken)
    {
        AddIndex("v1", [.. Enumerable.Range(1, count - 1).Select(_ => AddIndex(null))]);
        await AssertAsync(isTaken, new ImportLimits { Manifests = 5 }, ImportErrors.TooLarge);
    }

    /// <summary>What the source lacks is asked for, and counts.</summary>
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Run_ManifestsThatAreNotThere_CountToo(int count, bool isTaken)
    {
        AddIndex("v1", [.. Enumerable.Range(1, count - 1).Select(i => DigestOf(Content(9, seed: i)))]);
        await AssertAsync(isTaken, new ImportLimits { Manifests = 5 }, ImportErrors.TooLarge);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Run_Depth_AsDeepAsTheLimit(int levels, bool isTaken)
    {
        var inner = AddIndex(null);
        for (var i = 1; i < levels; i++)
            inner = AddIndex(null, inner);
        AddIndex("v1", inner);
        await AssertAsync(isTaken, new ImportLimits { Depth = 3 }, ImportErrors.TooLarge);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public async Task Run_ManifestBytes_AsManyAsTheLimit(int room, bool isTaken)
    {
        AddIndex("v1", AddIndex(null), AddIndex(null));
        await AssertAsync(isTaken, new ImportLimits { ManifestBytes = _source.ManifestBytes + room }, ImportErrors.TooLarge);
    }

    [Theory]
    [InlineData(-1, "ImportSourceUnreachable")]
    [InlineData(0, null)]
    [InlineData(1, "ImportSourceInvalid")]
    public async Task Run_BlobOfAnotherLength_IsNotKept(int more, string? refusal)
    {
        AddImage(100_000);
        _source.Send = (content, offset) => new MemoryStream((more > 0 ? [.. content, .. new byte[more]] : content[..(content.Length + more)]) is var sent && offset < sent.Length ? sent[(int)offset..] : []);
        await AssertAsync(refusal is null, Quick with { Retries = 1 }, refusal == "ImportSourceInvalid" ? ImportErrors.SourceInvalid : ImportErrors.SourceUnreachable);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Run_SourceThatBreaksOff_IsTriedAgainAsOftenAsTheLimit(int failures, bool isTaken)
    {
        AddImage(50_000);
        _source.Send = (content, offset) => _source.Opened <= failures ? throw new IOException("away") : new MemoryStream(content[(int)offset..]);
        await AssertAsync(isTaken, Quick with { Retries = 2 }, ImportErrors.SourceUnreachable);
        Assert.Equal(isTaken ? failures + 1 : 3, _source.Opened);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, false)]
    public async Task Run_SilentSource_IsGivenUpAfterTheLimit(int seconds, bool isTaken)
    {
        AddImage(50_000);
        _source.Send = (content, offset) => new SilentStream(content[(int)offset..], TimeSpan.FromSeconds(seconds));
        await AssertAsync(isTaken, Quick with { Retries = 0, Silence = TimeSpan.FromSeconds(2) }, ImportErrors.SourceUnreachable);
    }

    private static ImportLimits Quick => new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    private Digest AddIndex(string? tag, params Digest[] children) => _source.Add(
        Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","annotations":{"n":"{{++_made}}"},"manifests":[{{string.Join(',', children.Select(child => Descriptor(MediaTypes.OciIndex, child)))}}]}"""), tag);

    private void AddImage(int length)
    {
        var blob = _source.AddBlob(Content(length));
        _source.Add(Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","config":{"mediaType":"{{{MediaTypes.OciConfig}}}","digest":"{{{blob}}}","size":{{{length}}}},"layers":[]}"""), "v1");
    }

    private async Task AssertAsync(bool isTaken, ImportLimits limits, OciErrorCode refusal)
    {
        await SignUpAsync();
        var rights = new ImportRights(Importing, keepsTags: true, _ => true, Directory, Here.Open.Registries, Here.Open.Keys);
        var run = new ImportRun(Order(), rights, Stores, _source, null, limits, Here.Open.Audit, Here.Clock);
        if (isTaken)
            await run.RunAsync(Cancellation);
        else
            Assert.Equal(refusal, (await Assert.ThrowsAsync<OciException>(() => run.RunAsync(Cancellation))).Error);
        // What is refused is not there under its name, and nothing half is.
        Assert.Equal(isTaken, (await Here.Open.Manifests.FindAsync(Here.At("target"), ManifestReference.Parse("v1"))) is not null);
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT COUNT(*) FROM upload"));
        await Here.AssertSoundAsync();
    }
}
