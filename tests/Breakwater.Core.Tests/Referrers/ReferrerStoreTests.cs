using Breakwater.Core.Referrers;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Referrers;

public sealed class ReferrerStoreTests : InstallationTest
{
    private Task<IReadOnlyList<Referrer>> ListAsync(Digest subject, string? type = null, string? last = null, int limit = 100, string repository = "a") =>
        Here.Open.Referrers.ListAsync(Here.At(repository), subject, type, last, limit);

    private static string Subject(Digest subject, int number, string type) =>
        $$""","artifactType":"{{type}}","subject":{{Descriptor(MediaTypes.OciManifest, subject)}},"annotations":{"n":"{{number}}"}""";

    private async Task<List<Digest>> PushReferrersAsync(Digest subject, int count)
    {
        var config = await Here.PushAsync("a", Content(10));
        var digests = new List<Digest>();
        for (var i = 0; i < count; i++)
            digests.Add(await Here.PutManifestAsync("a", ManifestOf([config], Subject(subject, i, i % 2 == 0 ? "application/sig" : "application/sbom"))));
        return digests;
    }

    [Fact]
    public async Task List_SomeReferrers_DescribesEach()
    {
        var subject = await Here.PushImageAsync("a", "v1");
        var pushed = await PushReferrersAsync(subject, 1);
        var referrer = Assert.Single(await ListAsync(subject));
        Assert.Equal(
            (pushed[0], MediaTypes.OciManifest, "application/sig", "0"),
            (referrer.Digest, referrer.MediaType, referrer.ArtifactType, referrer.Annotations["n"]));
        Assert.Equal(referrer.SizeBytes, (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse(pushed[0].Value)))!.Body.Length);
    }

    [Fact]
    public async Task List_PagesAndTypes_GiveEachOnce()
    {
        var subject = DigestOf([1]);
        var pushed = await PushReferrersAsync(subject, 9);
        var expected = pushed.Select(d => d.Value).Order(StringComparer.Ordinal).ToList();
        var paged = new List<string>();
        while (await ListAsync(subject, last: paged.LastOrDefault(), limit: 2) is { Count: > 0 } page)
            paged.AddRange(page.Select(r => r.Digest.Value));
        Assert.Equal(expected, paged);
        Assert.Equal(5, (await ListAsync(subject, "application/sig")).Count);
        Assert.Equal(4, (await ListAsync(subject, "application/sbom")).Count);
        Assert.Empty(await ListAsync(subject, "application/other"));
    }

    [Fact]
    public async Task List_NothingKnown_IsEmpty()
    {
        Assert.Empty(await ListAsync(DigestOf([1])));
        await PushReferrersAsync(DigestOf([1]), 1);
        Assert.Empty(await ListAsync(DigestOf([2])));
        Assert.Empty(await ListAsync(DigestOf([1]), repository: "b"));
    }

    [Fact]
    public async Task Delete_SubjectOrReferrer_LeavesTheOther()
    {
        var subject = await Here.PushImageAsync("a", "v1");
        var pushed = await PushReferrersAsync(subject, 2);
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), subject);
        Assert.Equal(2, (await ListAsync(subject)).Count);
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), pushed[0]);
        Assert.Equal(pushed[1], Assert.Single(await ListAsync(subject)).Digest);
        await Here.AssertSoundAsync();
    }
}
