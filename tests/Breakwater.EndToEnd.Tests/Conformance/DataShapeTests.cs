using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>Every shape is pushed, listed, pulled, queried and deleted, as the specification's conformance suite does it.</summary>
public sealed class DataShapeTests(RunningRegistry registry) : ConformanceTest(registry)
{
    public static TheoryData<string> Shapes => [.. DataShapes.All.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Shape_PushedPulledAndDeleted_BehavesAsSpecified(string name)
    {
        var shape = DataShapes.All[name]();
        await PushAsync(shape);
        await AssertTagListAsync(shape);
        await AssertManifestsAsync(shape);
        foreach (var (digest, content) in shape.Blobs)
            await AssertBlobAsync(Repository, digest, content);
        await AssertReferrersAsync(shape);
        await AssertDeletionAsync(shape);
    }

    private async Task PushAsync(DataShape shape)
    {
        foreach (var (digest, content) in shape.Blobs)
            await ExpectAsync(201, Client.PushBlobAsync(Repository, new TestBlob(content, digest)), "push of a blob");
        foreach (var manifest in shape.Manifests)
            await PushByDigestAsync(shape, manifest);
        if (shape.TagParameters)
            return;
        foreach (var (tag, digest) in shape.Tags)
            await PutAsync(tag, shape.Manifests.Single(manifest => manifest.Digest == digest));
    }

    private async Task PushByDigestAsync(DataShape shape, ShapeManifest manifest)
    {
        var tags = shape.TagParameters ? shape.Tags.Where(tag => tag.Value == manifest.Digest).Select(tag => tag.Key).ToList() : [];
        var query = tags.Count == 0 ? "" : "?" + string.Join('&', tags.Select(tag => "tag=" + tag));
        var reply = await PutAsync(manifest.Digest + query, manifest);
        var created = (reply.Header("OCI-Tag") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(tags.Order(), created.Order());
    }

    private async Task<RegistryReply> PutAsync(string reference, ShapeManifest manifest)
    {
        var call = Client.SendAsync(HttpMethod.Put, ManifestCalls.ManifestPath(Repository, reference), manifest.Body, manifest.MediaType);
        var reply = await ExpectAsync(201, call, $"PUT of {reference}");
        if (reference.Contains(':', StringComparison.Ordinal))
            Assert.Equal(manifest.Digest, reply.Digest);
        Assert.Equal(manifest.Subject, reply.Header("OCI-Subject"));
        await AssertLocationAsync(reply, manifest.Body);
        return reply;
    }

    private async Task AssertTagListAsync(DataShape shape)
    {
        var tags = await Client.TagsAsync(Repository);
        Assert.Equal(shape.Tags.Keys.Order(StringComparer.Ordinal), tags);
        if (tags.Count < 2)
            return;
        var last = tags[(tags.Count / 2) - 1];
        var rest = await ExpectAsync(200, Client.GetAsync($"/v2/{Repository}/tags/list?last={last}"), "tags after one");
        Assert.Equal(tags.Skip(tags.Count / 2), rest.Json!["tags"]!.AsArray().Select(tag => (string)tag!));
    }

    private async Task AssertManifestsAsync(DataShape shape)
    {
        foreach (var manifest in shape.Manifests)
            await AssertManifestAsync(manifest.Digest, manifest);
        foreach (var (tag, digest) in shape.Tags)
            await AssertManifestAsync(tag, shape.Manifests.Single(manifest => manifest.Digest == digest));
    }

    private async Task AssertManifestAsync(string reference, ShapeManifest manifest)
    {
        var head = await ExpectAsync(200, Client.HeadManifestAsync(Repository, reference), $"HEAD of {reference}");
        var get = await ExpectAsync(200, Client.GetManifestAsync(Repository, reference), $"GET of {reference}");
        foreach (var reply in new[] { head, get })
        {
            Assert.Equal(manifest.MediaType, reply.ContentType);
            Assert.Equal(manifest.Body.Length, reply.ContentHeaders.ContentLength);
            Assert.Equal(manifest.Digest, reply.Digest);
        }
        Assert.Empty(head.Body);
        Assert.Equal(manifest.Body, get.Body);
    }

    private async Task AssertReferrersAsync(DataShape shape)
    {
        foreach (var group in shape.Manifests.Where(manifest => manifest.Subject is not null).GroupBy(manifest => manifest.Subject!))
        {
            var all = await Client.GetReferrersAsync(Repository, group.Key);
            Assert.Equal(MediaType.OciIndex, all.ContentType);
            Assert.Null(all.Header("OCI-Filters-Applied"));
            AssertEntries(group, all.Json!);
            foreach (var type in group.Select(manifest => manifest.ArtifactType!).Distinct())
            {
                var filtered = await Client.GetReferrersAsync(Repository, group.Key, type);
                Assert.Equal("artifactType", filtered.Header("OCI-Filters-Applied"));
                AssertEntries(group.Where(manifest => manifest.ArtifactType == type), filtered.Json!);
            }
        }
    }

    private static void AssertEntries(IEnumerable<ShapeManifest> expected, JsonNode index)
    {
        var entries = index["manifests"]!.AsArray().ToDictionary(entry => (string)entry!["digest"]!, entry => entry!);
        Assert.Equal(expected.Select(manifest => manifest.Digest).Order(), entries.Keys.Order());
        foreach (var manifest in expected)
        {
            var entry = entries[manifest.Digest];
            Assert.Equal(manifest.MediaType, (string?)entry["mediaType"]);
            Assert.Equal(manifest.Body.Length, (int)entry["size"]!);
            Assert.Equal(manifest.ArtifactType, (string?)entry["artifactType"]);
            foreach (var (key, value) in manifest.Annotations)
                Assert.Equal(value, (string?)entry["annotations"]![key]);
        }
    }

    private async Task AssertDeletionAsync(DataShape shape)
    {
        foreach (var tag in shape.Tags.Keys)
        {
            await ExpectAsync(202, Client.DeleteManifestAsync(Repository, tag), "DELETE of a tag");
            await ExpectAsync(404, Client.HeadManifestAsync(Repository, tag), "HEAD of a deleted tag");
        }
        foreach (var manifest in Enumerable.Reverse(shape.Manifests))
        {
            await ExpectAsync(202, Client.DeleteManifestAsync(Repository, manifest.Digest), "DELETE of a manifest");
            await ExpectAsync(404, Client.HeadManifestAsync(Repository, manifest.Digest), "HEAD of a deleted manifest");
        }
        foreach (var digest in shape.Blobs.Keys)
            await AssertBlobDeletionAsync(Repository, digest);
    }
}
