using Breakwater.Core.Access;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Repositories;

/// <summary>Every lock on every path: refused with nothing changed, and done once unlocked.</summary>
public sealed class LockTests : InstallationTest
{
    private const string Tag = "v1";

    private static readonly ItemChange Unlock = new(true, true, true, true);

    private byte[] _body = [];
    private byte[] _other = [];
    private Digest _digest = null!;
    private Digest _layer = null!;
    private Digest _loose = null!;
    private Digest _elsewhere = null!;

    public static TheoryData<string, string, string> Refused =>
    [
        ("repository", "write", "move tag"), ("repository", "write", "set new tag"), ("repository", "write", "put again"), ("repository", "write", "put by digest"),
        ("repository", "write", "push blob"), ("repository", "write", "start upload"), ("repository", "write", "mount here"),
        ("repository", "write", "delete tag"), ("repository", "write", "delete manifest"), ("repository", "write", "delete blob"), ("repository", "write", "delete repository"),
        ("repository", "delete", "delete tag"), ("repository", "delete", "delete manifest"), ("repository", "delete", "delete blob"), ("repository", "delete", "delete repository"),
        ("repository", "read", "pull by tag"), ("repository", "read", "pull by digest"), ("repository", "read", "pull blob"), ("repository", "read", "list referrers"),
        ("tag", "write", "move tag"), ("tag", "write", "put again"),
        ("tag", "write", "delete tag"), ("tag", "write", "delete manifest"), ("tag", "write", "delete repository"),
        ("tag", "delete", "delete tag"), ("tag", "delete", "delete manifest"), ("tag", "delete", "delete repository"),
        ("tag", "read", "pull by tag"),
        ("manifest", "write", "move tag"), ("manifest", "write", "put again"), ("manifest", "write", "put by digest"), ("manifest", "write", "set new tag"),
        ("manifest", "write", "delete tag"), ("manifest", "write", "delete manifest"), ("manifest", "write", "delete repository"),
        ("manifest", "delete", "delete tag"), ("manifest", "delete", "delete manifest"), ("manifest", "delete", "delete repository"),
        ("manifest", "read", "pull by tag"), ("manifest", "read", "pull by digest"),
    ];

    public static TheoryData<string, string, string> Allowed =>
    [
        ("repository", "write", "pull by tag"), ("repository", "write", "pull blob"),
        ("repository", "delete", "move tag"), ("repository", "delete", "push blob"), ("repository", "delete", "pull by digest"),
        ("repository", "read", "push blob"), ("repository", "read", "move tag"), ("repository", "read", "delete manifest"),
        ("repository", "list", "pull by tag"), ("repository", "list", "move tag"), ("repository", "list", "delete repository"),
        ("tag", "write", "set new tag"), ("tag", "write", "put by digest"), ("tag", "write", "delete blob"),
        ("tag", "delete", "move tag"), ("tag", "delete", "delete blob"), ("tag", "read", "pull by digest"), ("tag", "read", "pull blob"), ("tag", "list", "pull by tag"),
        ("manifest", "read", "pull blob"), ("manifest", "delete", "delete blob"), ("manifest", "write", "push blob"), ("manifest", "list", "pull by digest"),
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Operation_Locked_IsRefusedAndChangesNothingUntilUnlocked(string item, string attribute, string operation)
    {
        await PrepareAsync();
        await Here.ChangeAsync("a", NameOf(item), Change(attribute));
        await AssertRefusedAsync(operation);
        await Here.ChangeAsync("a", NameOf(item), Unlock);
        await RunAsync(operation);
        await Here.AssertSoundAsync();
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task Operation_OtherLock_IsDone(string item, string attribute, string operation)
    {
        await PrepareAsync();
        await Here.ChangeAsync("a", NameOf(item), Change(attribute));
        await RunAsync(operation);
        await Here.AssertSoundAsync();
    }

    /// <summary>The lock comes between the look at the cache and the transaction.</summary>
    [Theory]
    [InlineData("repository", "write", "move tag")]
    [InlineData("repository", "write", "push blob")]
    [InlineData("repository", "write", "mount here")]
    [InlineData("repository", "delete", "delete tag")]
    [InlineData("repository", "delete", "delete manifest")]
    [InlineData("repository", "delete", "delete blob")]
    [InlineData("repository", "delete", "delete repository")]
    public async Task Operation_LockedBehindTheCache_IsRefusedByTheTransaction(string table, string attribute, string operation)
    {
        await PrepareAsync();
        await Here.ExecuteAsync($"UPDATE {table} SET {attribute}_enabled = 0");
        await AssertRefusedAsync(operation);
    }

    [Fact]
    public async Task Commit_RepositoryLockedSinceTheStart_IsRefusedAndGoesOnAfterwards()
    {
        await PrepareAsync();
        var content = Content(300, 9);
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        await Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 0, Body(content), Cancellation);
        await Here.ChangeAsync("a", null, Change("write"));
        Task CommitAsync() => Here.Open.Uploads.CommitAsync(Here.At("a"), upload.Id, DigestOf(content), null, Body(default), Cancellation);
        await AssertErrorAsync(OciErrors.OperationDisallowed, CommitAsync);
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 300, Body(content), Cancellation));
        Assert.Equal(300, (await Here.Open.Uploads.FindAsync(Here.At("a"), upload.Id, Cancellation)).SizeBytes);
        await Here.ChangeAsync("a", null, Unlock);
        await CommitAsync();
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Mount_SourceMayNotBeRead_IsNoMount()
    {
        await PrepareAsync();
        await Here.ChangeAsync("a", null, Change("read"));
        Assert.False(await Here.Open.Uploads.MountAsync(Here.At("c"), Here.At("a"), _layer));
        // A pusher who asks whether a blob is there reads nothing.
        Assert.NotNull(await Here.Open.Blobs.FindForPushAsync(Here.At("a"), _layer));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public async Task List_NotListEnabled_LeavesItOut(int limit)
    {
        await PrepareAsync();
        await Here.PutManifestAsync("a", _body, "v2");
        Assert.Equal(["v1", "v2"], await Here.TagsAsync("a", limit: limit));
        await Here.ChangeAsync("a", Tag, Change("list"));
        Assert.Equal(["v2"], await Here.TagsAsync("a", limit: limit));
        Assert.Equal(["a"], await Here.CatalogAsync(limit: limit));
        await Here.ChangeAsync("a", null, Change("list"));
        Assert.Empty(await Here.CatalogAsync(limit: limit));
        await Here.ChangeAsync("a", null, Unlock);
        await Here.ChangeAsync("a", Tag, Unlock);
        Assert.Equal(["a"], await Here.CatalogAsync(limit: limit));
        Assert.Equal(["v1", "v2"], await Here.TagsAsync("a", limit: limit));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("list")]
    public async Task ListReferrers_LockedReferrer_IsLeftOut(string attribute)
    {
        await PrepareAsync();
        var referrer = await Here.PushImageAsync("a", null, seed: 5, $",\"subject\":{Descriptor(MediaTypes.OciManifest, _digest)}");
        Assert.Single(await Here.Open.Referrers.ListAsync(Here.At("a"), _digest, null, null, 10));
        await Here.ChangeAsync("a", referrer.Value, Change(attribute));
        Assert.Empty(await Here.Open.Referrers.ListAsync(Here.At("a"), _digest, null, null, 10));
        Assert.False(await Here.Open.Referrers.AnyAfterAsync(Here.At("a"), _digest, null, DigestOf([1])));
    }

    private static ItemChange Change(string attribute) => attribute switch
    {
        "write" => new(WriteEnabled: false),
        "delete" => new(DeleteEnabled: false),
        "read" => new(ReadEnabled: false),
        _ => new(ListEnabled: false),
    };

    private string? NameOf(string item) => item switch { "repository" => null, "tag" => Tag, _ => _digest.Value };

    private async Task PrepareAsync()
    {
        _layer = await Here.PushAsync("a", Content(70_000, 1));
        _body = ManifestOf([await Here.PushAsync("a", Content(50, 1)), _layer]);
        _other = ManifestOf([_layer, _layer]);
        _digest = await Here.PutManifestAsync("a", _body, Tag);
        _loose = await Here.PushAsync("a", Content(80, 2));
        _elsewhere = await Here.PushAsync("b", Content(90, 3));
        foreach (var read in new[] { "pull by tag", "pull by digest", "pull blob" })
            await RunAsync(read);
    }

    private async Task AssertRefusedAsync(string operation)
    {
        var before = await Here.DumpAsync();
        var refused = await Assert.ThrowsAsync<DisallowedException>(() => RunAsync(operation));
        Assert.Same(OciErrors.OperationDisallowed, refused.Error);
        Assert.Contains("is locked: its", refused.ClientMessage, StringComparison.Ordinal);
        Assert.Equal(before, await Here.DumpAsync());
    }

    private async Task RunAsync(string operation)
    {
        var at = Here.At("a");
        switch (operation)
        {
            case "move tag": await Here.PutManifestAsync("a", _other, Tag); break;
            case "set new tag": await Here.PutManifestAsync("a", _body, "v9"); break;
            case "put again": await Here.PutManifestAsync("a", _body, Tag); break;
            case "put by digest": await Here.PutManifestAsync("a", _body); break;
            case "push blob": await Here.PushAsync("a", Content(99, 7)); break;
            case "start upload": await Here.Open.Uploads.StartAsync(at, DigestAlgorithm.Sha256); break;
            case "mount here": Assert.True(await Here.Open.Uploads.MountAsync(at, Here.At("b"), _elsewhere)); break;
            case "delete tag": Assert.NotNull(await Here.Open.Tags.DeleteAsync(at, TagName.Parse(Tag))); break;
            case "delete manifest": Assert.True(await Here.Open.Manifests.DeleteAsync(at, _digest)); break;
            case "delete blob": Assert.True(await Here.Open.Blobs.DeleteAsync(at, _loose)); break;
            case "delete repository": await Here.Open.Repositories.DeleteAsync(at); break;
            case "pull by tag": Assert.NotNull(await Here.Open.Manifests.FindAsync(at, ManifestReference.Parse(Tag))); break;
            case "pull by digest": Assert.NotNull(await Here.Open.Manifests.FindAsync(at, ManifestReference.Parse(_digest.Value))); break;
            case "pull blob": Assert.NotNull(await Here.PullAsync("a", _layer)); break;
            case "list referrers": await Here.Open.Referrers.ListAsync(at, _digest, null, null, 10); break;
            default: throw new ArgumentException(operation);
        }
    }
}
