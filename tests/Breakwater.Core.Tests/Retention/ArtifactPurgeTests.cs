using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Policies;
using Breakwater.Core.Retention;
using Breakwater.Core.Tests.Access;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Retention;

/// <summary>What a purge removes, and what it leaves and why.</summary>
public sealed class ArtifactPurgeTests : PurgeTest
{
    private static readonly PurgeRequest Everything = Request(".*:.*") with { Untagged = true };

    [Fact]
    public async Task Run_TagsThatAFilterMeans_GoAndTheOthersStay()
    {
        foreach (var tag in new[] { "pr-1", "pr-2", "v1" })
            await Here.PushImageAsync("app", tag, seed: tag.GetHashCode(StringComparison.Ordinal));
        await Here.PushImageAsync("web", "pr-1");
        var page = await PurgeAsync(Request("app:^pr-"));
        Assert.Equal(["pr-1", "pr-2"], page.Removed.Select(item => item.Tag));
        Assert.Empty(page.Kept);
        Assert.Equal(["v1"], await Here.TagsAsync("app"));
        Assert.Equal(["pr-1"], await Here.TagsAsync("web"));
        // Without untagged the manifests stay.
        Assert.Equal(3, await Here.QueryAsync<long>("SELECT manifest_count FROM repository WHERE name = 'app'"));
    }

    [Fact]
    public async Task Run_Untagged_TakesManifestsToo_AndTheirFilesFollow()
    {
        await Here.PushImageAsync("a", "v1", seed: 1);
        var kept = await Here.PushImageAsync("a", "keep", seed: 2);
        await Here.PushImageAsync("a", null, seed: 3);
        var page = await PurgeAsync(Request("a:^v") with { Untagged = true });
        Assert.Single(page.Removed, item => item.Tag == "v1");
        Assert.Equal(2, page.Removed.Count(item => item.Tag is null));
        Assert.True(await IsThereAsync(kept));
        await Here.CleanUpAsync();
        Assert.Equal(2, Here.CountFiles());
        Assert.Equal(["a"], await Here.CatalogAsync());
        await PurgeAsync(Everything);
        Assert.Empty(await Here.CatalogAsync());
    }

    [Fact]
    public async Task Run_Ago_LeavesWhatWasChangedSince()
    {
        await Here.PushImageAsync("a", "old", seed: 1);
        var young = await Here.PushImageAsync("a", "moved", seed: 2);
        Here.Clock.Advance(TimeSpan.FromDays(8));
        await Here.PushImageAsync("a", "moved", seed: 3);
        await Here.PushImageAsync("a", null, seed: 4);
        var page = await PurgeAsync(Everything with { Ago = TimeSpan.FromDays(7) });
        // What lost its tag by the move was last pushed long ago.
        Assert.Contains(page.Removed, item => item.Tag is null && item.Digest == young.Value);
        Assert.Equal(["moved"], await Here.TagsAsync("a"));
        Assert.Equal(2, await Here.QueryAsync<long>("SELECT COUNT(*) FROM manifest"));
        Assert.Empty(page.Kept);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(null)]
    public async Task Run_AsOfADryRun_RemovesWhatItShowedAndNothingThatBecameOldSince(int? days)
    {
        var request = Everything with { Ago = days is { } some ? TimeSpan.FromDays(some) : null };
        await Here.PushImageAsync("a", "old", seed: 1);
        Here.Clock.Advance(TimeSpan.FromDays(7));
        var plan = await PurgeAsync(request with { DryRun = true });
        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        await Here.PushImageAsync("a", "young", seed: 2);
        Here.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Contains((await PurgeAsync(request with { DryRun = true })).Removed, item => item.Tag == "young");

        var done = await PurgeAsync(request with { AsOf = plan.AsOf });
        Assert.Equal((plan.AsOf, plan.Removed.Count), (done.AsOf, 2));
        Assert.Equal(plan.Removed, done.Removed);
        Assert.Equal(["young"], await Here.TagsAsync("a"));
    }

    [Fact]
    public async Task Run_AsOfATimeToCome_CountsFromNow()
    {
        await Here.PushImageAsync("a", "young");
        Here.Clock.Advance(TimeSpan.FromDays(6));
        var before = Here.Clock.GetUtcNow();
        var page = await PurgeAsync(Everything with { Ago = TimeSpan.FromDays(7), AsOf = before + TimeSpan.FromDays(2) });
        Assert.Empty(page.Removed);
        Assert.InRange(page.AsOf, before, Here.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Run_Keep_LeavesTheNewestOfWhatWouldGo_PerRepository()
    {
        foreach (var repository in new[] { "a", "b" })
        {
            for (var i = 1; i <= 5; i++)
            {
                await Here.PushImageAsync(repository, $"v{i}", seed: i);
                Here.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
        await Here.PushImageAsync("a", "latest", seed: 9);
        var page = await PurgeAsync(Request(".*:^v") with { Keep = 2 });
        Assert.Equal(["latest", "v4", "v5"], await Here.TagsAsync("a"));
        Assert.Equal(["v4", "v5"], await Here.TagsAsync("b"));
        Assert.All(page.Kept, item => Assert.Equal(KeepReason.Newest, item.Reason));
        Assert.Equal(4, page.Kept.Count);
        Assert.Empty((await PurgeAsync(Request(".*:^v") with { Keep = 2 })).Removed);
    }

    [Theory]
    [InlineData("tag", false, KeepReason.Locked)]
    [InlineData("tag", true, null)]
    [InlineData("manifest", false, KeepReason.Locked)]
    [InlineData("manifest", true, null)]
    [InlineData("repository", false, KeepReason.Locked)]
    [InlineData("repository", true, KeepReason.Locked)]
    public async Task Run_Locked_StaysUnlessLocksAreIncluded(string what, bool includeLocked, KeepReason? reason)
    {
        var image = await Here.PushImageAsync("a", "v1");
        await Here.ChangeAsync("a", what switch { "tag" => "v1", "manifest" => image.Value, _ => null }, new(WriteEnabled: false));
        var page = await PurgeAsync(Everything with { IncludeLocked = includeLocked });
        Assert.Equal(reason, page.Kept.FirstOrDefault(item => item.Tag == "v1")?.Reason);
        Assert.Equal(reason is not null, await IsThereAsync(image));
    }

    [Fact]
    public async Task Run_LockedUntaggedManifest_StaysWithItsReason()
    {
        var image = await Here.PushImageAsync("a", null);
        await Here.ChangeAsync("a", image.Value, new(DeleteEnabled: false));
        Assert.Equal([new KeptItem("a", null, image.Value, KeepReason.Locked)], (await PurgeAsync(Everything)).Kept);
        Assert.Equal([new PurgedItem("a", null, image.Value)], (await PurgeAsync(Everything with { IncludeLocked = true })).Removed);
    }

    [Fact]
    public async Task Run_WriteOnceTag_StaysAlsoWithLocksIncluded()
    {
        await Here.PushImageAsync("a", "v1");
        await SetPoliciesAsync(new RegistryPolicies { WriteOnce = [new WriteOnceRule("a", "v*")] });
        Assert.Equal(KeepReason.WriteOnce, Assert.Single((await PurgeAsync(Everything with { IncludeLocked = true })).Kept).Reason);
        Assert.Equal(["v1"], await Here.TagsAsync("a"));
    }

    [Fact]
    public async Task Run_Graph_TakesIndexesBeforeChildrenAndLeavesWhatIsNeeded()
    {
        var (one, two, shared) = (await Here.PushImageAsync("a", null, seed: 1), await Here.PushImageAsync("a", null, seed: 2), await Here.PushImageAsync("a", null, seed: 3));
        var dead = await PutIndexAsync(null, one, shared);
        var living = await PutIndexAsync("v1", two, shared);
        var signature = await ReferAsync(living, isSignature: true, seed: 41);
        var inventory = await ReferAsync(two, seed: 42);
        var page = await PurgeAsync(Request("a:^none$") with { Untagged = true });
        Assert.Equal([dead.Value, one.Value], page.Removed.Select(item => item.Digest));
        Assert.Equal(
            new Dictionary<string, KeepReason> { [two.Value] = KeepReason.Child, [shared.Value] = KeepReason.Child, [signature.Value] = KeepReason.Signature, [inventory.Value] = KeepReason.Referrer },
            page.Kept.ToDictionary(item => item.Digest, item => item.Reason));
        foreach (var digest in new[] { living, two, shared, signature, inventory })
            Assert.True(await IsThereAsync(digest));
    }

    [Fact]
    public async Task Run_SubjectWithReferrer_BothStay()
    {
        var image = await Here.PushImageAsync("a", null);
        var signature = await ReferAsync(image, isSignature: true);
        var reasons = (await PurgeAsync(Everything)).Kept.ToDictionary(item => item.Digest, item => item.Reason);
        Assert.Equal(KeepReason.Subject, reasons[image.Value]);
        Assert.Equal(KeepReason.Signature, reasons[signature.Value]);
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), signature);
        Assert.Equal(image.Value, Assert.Single((await PurgeAsync(Everything)).Removed).Digest);
    }

    /// <summary>cosign's tags, in the image's repository and in one of their own.</summary>
    [Theory]
    [InlineData("a", ".sig")]
    [InlineData("a", ".att")]
    [InlineData("a", "")]
    [InlineData("signatures", ".sig")]
    public async Task Run_TagOfASignature_StaysWhileWhatItSignsDoes(string repository, string suffix)
    {
        var image = await Here.PushImageAsync("a", "v1", seed: 1);
        var tag = image.Value.Replace(':', '-') + suffix;
        await Here.PushImageAsync(repository, tag, seed: 2);
        var page = await PurgeAsync(Request($"{repository}:^sha256-") with { Untagged = true });
        Assert.Equal(KeepReason.Signature, Assert.Single(page.Kept).Reason);
        Assert.Empty(page.Removed);
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), image);
        Assert.Equal(2, (await PurgeAsync(Request($"{repository}:^sha256-") with { Untagged = true })).Removed.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SigningPolicy_KeepsSignaturesFromWhoMayNotSign(bool maySign)
    {
        var config = await Here.PushAsync("a", Content(20));
        await Here.PutManifestAsync("a", ManifestOf([config, config], $",\"artifactType\":\"{Notation}\""), "loose");
        await SetPoliciesAsync(new RegistryPolicies { Signing = new SigningPolicy(true, false) });
        var somebody = new Principal(Guid.NewGuid(), PrincipalKind.User, "somebody", 1);
        var roles = maySign ? new[] { BuiltInRoles.Contributor, BuiltInRoles.AcrImageSigner } : [BuiltInRoles.Contributor];
        var caller = new Caller(somebody, new PrincipalRights(somebody.Id, [], roles.Select(role => new RoleAssignment(Guid.NewGuid(), somebody.Id, role, RoleScope.Installation))));
        var page = await PurgeAsync(Here, Everything, access: ManagementAccess.Decide(caller, Registry, ManagementActions.PurgeArtifacts)!);
        Assert.Equal(maySign ? 2 : 0, page.Removed.Count);
        Assert.Equal(maySign ? [] : [KeepReason.Signature], page.Kept.Select(item => item.Reason));
    }

    [Fact]
    public async Task Run_DryRun_ChangesNothing()
    {
        await Here.PushImageAsync("a", "v1");
        var before = await Here.DumpAsync();
        Assert.Equal(2, (await PurgeAsync(Everything with { DryRun = true })).Removed.Count);
        Assert.Equal(before, await Here.DumpAsync());
    }

    [Fact]
    public async Task Run_TagMovedSinceItWasLookedAt_Stays()
    {
        await Here.PushImageAsync("a", "v1", seed: 1);
        Here.Clock.Advance(TimeSpan.FromDays(2));
        var request = Request(".*:.*") with { Ago = TimeSpan.FromDays(1) };
        await Here.PushImageAsync("a", "v0", seed: 5);
        await Here.ExecuteAsync("UPDATE tag SET updated_at = 0 WHERE name = 'v0'");
        await Here.ExecuteAsync("CREATE TRIGGER move AFTER DELETE ON tag BEGIN UPDATE tag SET updated_at = 9999999999999 WHERE name = 'v1'; END");
        var page = await PurgeAsync(request);
        Assert.Equal(["v0"], page.Removed.Select(item => item.Tag));
        Assert.Equal([KeepReason.Changed], page.Kept.Select(item => item.Reason));
    }

    [Fact]
    public async Task Run_TakesLong_EndsThePageAndGoesOn()
    {
        var config = await Here.PushAsync("a", Content(10));
        for (var i = 0; i < 60; i++)
            await Here.PutManifestAsync("a", ManifestOf([config], $",\"annotations\":{{\"n\":\"{i}\"}}"), $"v{i}");
        var page = await Here.Open.Purge.RunAsync(Managing, Request("a:.*"), origin: null, SlowAsync, Cancellation);
        Assert.InRange(page.Removed.Count, 1, 59);
        Assert.NotNull(page.Next);
        var rest = await PurgeAsync(Request("a:.*") with { From = page.Next });
        Assert.Equal(60, page.Removed.Count + rest.Removed.Count);

        ValueTask SlowAsync(PurgedItem item)
        {
            Here.Clock.Advance(TimeSpan.FromSeconds(1));
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>What is gone has its record, whatever became of the others.</summary>
    [Fact]
    public async Task Finished_SomeFailed_TellsOfThoseThatRemoved()
    {
        var items = Enumerable.Range(0, 4).Select(i => new PurgedItem("a", $"v{i}", "")).ToList();
        var told = new List<PurgedItem>();
        await Assert.ThrowsAsync<IOException>(() => Finished.AllAsync(
            [Task.FromResult(true), Task.FromException<bool>(new IOException()), Task.FromResult(false), Task.FromResult(true)],
            items,
            item =>
            {
                told.Add(item);
                return ValueTask.CompletedTask;
            }));
        Assert.Equal([items[0], items[3]], told);
    }

    [Fact]
    public async Task Run_RequestThatMeansNothing_IsRefused()
    {
        await Assert.ThrowsAsync<InvalidValueException>(() => PurgeAsync(Request()));
        await Assert.ThrowsAsync<InvalidValueException>(() => PurgeAsync(Request([.. Enumerable.Repeat("a:b", PurgeFilter.MaxCount + 1)])));
        await Assert.ThrowsAsync<InvalidValueException>(() => PurgeAsync(Everything with { Keep = -1 }));
    }

    [Fact]
    public async Task Run_ProofOfAnotherRight_IsDenied()
    {
        await Here.PushImageAsync("a", "v1");
        var reading = ManagementAccess.Decide(Callers.With(BuiltInRoles.Reader), Registry, ManagementActions.RegistriesRead)!;
        await AssertErrorAsync(OciErrors.Denied, () => PurgeAsync(Here, Everything, access: reading));
        Assert.Null(ManagementAccess.Decide(Callers.With(BuiltInRoles.AcrDelete), Registry, ManagementActions.PurgeArtifacts));
        Assert.Equal(["v1"], await Here.TagsAsync("a"));
    }
}
