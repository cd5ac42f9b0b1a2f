using Breakwater.Core.Access;
using Breakwater.Core.Keys;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Tests.Registries;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tests.Keys;

/// <summary>What happens when a customer takes a key away, or its store falls silent, and when either ends.</summary>
public sealed class KeyWatchTests
{
    private static readonly KeyWatchOptions Options = new();

    private readonly MemoryKeyStore _store = new MemoryKeyStore().Add("one").Add("two");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<RegistryFleet> StartAsync(string? key = "mem:one")
    {
        var fleet = await RegistryFleet.StartAsync([_store.As()]);
        await fleet.Store.ChangeAsync(fleet.Managing(fleet.Registries.First), new RegistryChange { Encryption = new EncryptionChange(key) });
        return fleet;
    }

    private static KeyWatch Watch(RegistryFleet fleet) => new(fleet.Installation.Open.Database, fleet.Installation.Open.Keys, Options, fleet.Installation.Clock);

    private static async Task<KeyFailure> FailureOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<KeyUnavailableException>(call)).Failure;

    [Fact]
    public async Task Check_KeyRefused_ClosesAndCutsAndOpensAgainWithoutALoss()
    {
        await using var fleet = await StartAsync();
        var (here, first, watch) = (fleet.Installation, fleet.Registries.First, Watch(fleet));
        var content = TestInstallation.Content(500_000);
        var digest = await here.PushAsync("repo", content);
        var blob = await here.Open.Blobs.FindAsync(here.At("repo"), digest);
        using var reading = here.Open.Blobs.Open(blob!);
        var buffer = new byte[65_536];
        Assert.True(await reading.ReadAsync(0, buffer, Cancellation) > 0);
        using var writing = await here.Open.Vault.CreateAsync(first.Id, Cancellation);
        Assert.Empty(await watch.CheckAsync(Cancellation));

        _store.Refused.Add("mem:one");
        Assert.Equal(KeyFailure.Refused, Assert.Single(await watch.CheckAsync(Cancellation)).Problem!.Failure);

        Assert.Equal(KeyFailure.Refused, here.Open.Keys.ProblemOf(first.Id)!.Failure);
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(async () => await reading.ReadAsync(65_536, buffer, Cancellation)));
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => { writing.Write(new byte[200_000]); return writing.CompleteAsync(); }));
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => here.PullAsync("repo", digest)));
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => here.PushAsync("repo", [1])));
        Assert.Empty(await watch.CheckAsync(Cancellation));

        _store.Refused.Clear();
        Assert.Null(Assert.Single(await watch.CheckAsync(Cancellation)).Problem);
        Assert.Equal(content, await here.PullAsync("repo", digest));
        await here.PushAsync("repo", [1]);
        await here.AssertSoundAsync();
    }

    [Fact]
    public async Task Check_KeyRefused_RetentionAndTheRecycleBinWait()
    {
        await using var fleet = await StartAsync();
        var (here, watch) = (fleet.Installation, Watch(fleet));
        await fleet.Store.ChangeAsync(fleet.Managing(fleet.Registries.First), new RegistryChange(Policies: new PolicyChange { Retention = new RetentionChange(Enabled: true, Days: 1), SoftDelete = new SoftDeleteChange(Enabled: true, Days: 3) }));
        var (binned, untagged) = (await here.PushImageAsync("repo", "v1"), await here.PushImageAsync("repo", "v2", seed: 2));
        await here.Open.Manifests.DeleteAsync(here.At("repo"), binned);
        await here.Open.Tags.DeleteAsync(here.At("repo"), TagName.Parse("v2"));
        here.Clock.Advance(TimeSpan.FromDays(5));
        _store.Refused.Add("mem:one");
        await watch.CheckAsync(Cancellation);

        var before = await here.DumpAsync();
        Assert.Equal((0, 0), await WorkAsync());
        Assert.Equal(0, (await here.Open.CleanUp.RunAsync(Cancellation)).Blobs);
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => PurgeBinAsync(dryRun: false)));
        Assert.Equal(before, await here.DumpAsync());

        _store.Refused.Clear();
        await watch.CheckAsync(Cancellation);
        Assert.Equal((2, 1), await WorkAsync());
        Assert.Equal(untagged.Value, await here.QueryAsync<string>("SELECT digest FROM deleted_manifest"));
        Assert.Equal(1, (await PurgeBinAsync(dryRun: true)).Manifests);
        await here.AssertSoundAsync();

        // The bin first, of a manifest and a tag: what retention removes now has its days before it.
        async Task<(int Bin, int Retention)> WorkAsync() => (
            await here.Open.BinExpiry.RunAsync((_, _) => ValueTask.CompletedTask, Cancellation), await here.Open.Retention.RunAsync((_, _) => ValueTask.CompletedTask, Cancellation));

        Task<BinPurgePage> PurgeBinAsync(bool dryRun) => here.Open.BinPurge.RunAsync(
            fleet.Managing(fleet.Registries.First, ManagementActions.PurgeDeleted), new BinPurgeRequest { DryRun = dryRun }, _ => ValueTask.CompletedTask, Cancellation);
    }

    [Fact]
    public async Task Check_KeyRefused_NothingIsCleanedUpOrCalledDamaged()
    {
        await using var fleet = await StartAsync();
        var (here, watch) = (fleet.Installation, Watch(fleet));
        var digest = await here.PushAsync("repo", TestInstallation.Content(100_000));
        _store.Refused.Add("mem:one");
        await watch.CheckAsync(Cancellation);
        here.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(0, (await here.Open.CleanUp.RunAsync(Cancellation)).Blobs);
        Assert.Empty(await here.Open.CleanUp.PreviewAsync());
        var report = await here.Open.Verification.RunAsync(deep: true, Cancellation);
        Assert.Equal((true, 1), (report.Holds, report.Closed));
        Assert.Equal(0, await here.Open.Database.ReadAsync(db => db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM damaged_object")));

        _store.Refused.Clear();
        await watch.CheckAsync(Cancellation);
        Assert.NotNull(await here.PullAsync("repo", digest));
        Assert.Equal(1, (await here.Open.CleanUp.RunAsync(Cancellation)).Blobs);
    }

    [Fact]
    public async Task Verify_KeyRefusedSinceTheStart_SaysSoAndNothingElse()
    {
        await using var fleet = await StartAsync();
        var here = fleet.Installation;
        await here.PushAsync("repo", TestInstallation.Content(100_000));
        _store.Refused.Add("mem:one");
        await here.ReopenAsync();
        var report = await here.Open.Verification.RunAsync(deep: true, Cancellation);
        Assert.Equal((true, 1), (report.Holds, report.Closed));
        Assert.Equal(0, await here.Open.Database.ReadAsync(db => db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM damaged_object")));
    }

    [Fact]
    public async Task Check_StoreSilent_ServesForTheGraceAndThenCloses()
    {
        await using var fleet = await StartAsync();
        var (here, first, watch) = (fleet.Installation, fleet.Registries.First, Watch(fleet));
        var digest = await here.PushAsync("repo", TestInstallation.Content(100_000));
        await watch.CheckAsync(Cancellation);
        using var writing = await here.Open.Vault.CreateAsync(first.Id, Cancellation);
        _store.IsAway = true;
        Assert.Empty(await watch.CheckAsync(Cancellation));
        here.Clock.Advance(Options.Grace - TimeSpan.FromSeconds(1));
        Assert.Empty(await watch.CheckAsync(Cancellation));
        Assert.NotNull(await here.PullAsync("repo", digest));
        here.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(KeyFailure.Unreachable, Assert.Single(await watch.CheckAsync(Cancellation)).Problem!.Failure);
        Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => here.PullAsync("repo", digest)));
        Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => { writing.Write(new byte[200_000]); return writing.CompleteAsync(); }));
        _store.IsAway = false;
        here.Clock.Advance(KeyBreaker.Pause);
        Assert.Single(await watch.CheckAsync(Cancellation));
        Assert.Null(here.Open.Keys.ProblemOf(first.Id));
        Assert.NotNull(await here.PullAsync("repo", digest));
    }

    [Fact]
    public async Task Check_StoreSilentAfterARefusal_StaysRefused()
    {
        await using var fleet = await StartAsync();
        var (here, watch) = (fleet.Installation, Watch(fleet));
        _store.Refused.Add("mem:one");
        await watch.CheckAsync(Cancellation);
        _store.IsAway = true;
        here.Clock.Advance(Options.Grace * 2);
        Assert.Empty(await watch.CheckAsync(Cancellation));
        Assert.Equal(KeyFailure.Refused, here.Open.Keys.ProblemOf(fleet.Registries.First.Id)!.Failure);
    }

    [Fact]
    public async Task Open_StoreSilent_ServesOtherRegistriesAndTheRestWhenItIsBack()
    {
        await using var fleet = await StartAsync();
        var here = fleet.Installation;
        var other = await fleet.CreateAsync("other");
        var digest = await here.PushAsync("repo", TestInstallation.Content(100_000));
        _store.IsAway = true;
        await here.ReopenAsync();
        var watch = Watch(fleet);
        Assert.Equal(KeyFailure.Unreachable, Assert.Single(await watch.CheckAsync(Cancellation)).Problem!.Failure);
        Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => here.PullAsync("repo", digest)));
        Assert.NotNull(await here.Open.Keys.CurrentAsync(other.Id, Cancellation));
        _store.IsAway = false;
        here.Clock.Advance(KeyBreaker.Pause);
        await watch.CheckAsync(Cancellation);
        Assert.NotNull(await here.PullAsync("repo", digest));
    }

    [Fact]
    public async Task Check_TwoRegistriesUnderTwoKeys_ClosesOnlyTheOneThatIsMeant()
    {
        await using var fleet = await StartAsync();
        var other = await fleet.CreateAsync("other", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:two") });
        var watch = Watch(fleet);
        await watch.CheckAsync(Cancellation);
        _store.Refused.Add("mem:two");
        Assert.Equal(other.Id, Assert.Single(await watch.CheckAsync(Cancellation)).OwnerId);
        Assert.Null(fleet.Installation.Open.Keys.ProblemOf(fleet.Registries.First.Id));
    }

    [Fact]
    public async Task Check_AfterTheFirst_HoldsTheKeysOfAllRegistries()
    {
        await using var fleet = await StartAsync();
        await fleet.Installation.ReopenAsync();
        Assert.False(fleet.Installation.Open.Keys.Holds(fleet.Registries.First.Id));
        await Watch(fleet).CheckAsync(Cancellation);
        Assert.True(fleet.Installation.Open.Keys.Holds(fleet.Registries.First.Id));
    }

    [Fact]
    public async Task Close_BeforeTheFirstLook_OpensEachWhenItsOwnKeyIsAnsweredFor()
    {
        await using var fleet = await StartAsync();
        var (slow, plain) = (await fleet.CreateAsync("slowly", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:two") }), await fleet.CreateAsync("plain"));
        await fleet.Installation.ReopenAsync();
        var (keys, watch, first) = (fleet.Installation.Open.Keys, Watch(fleet), fleet.Registries.First.Id);
        await watch.CloseAsync();
        Assert.Equal([KeyFailure.Unreachable, KeyFailure.Unreachable, null], new[] { first, slow.Id, plain.Id }.Select(id => keys.ProblemOf(id)?.Failure));

        var answer = new TaskCompletionSource();
        _store.Unwrapping = key => key == "mem:two" ? answer.Task : Task.CompletedTask;
        var looking = watch.CheckAsync(Cancellation);
        while (keys.ProblemOf(first) is not null || !keys.Holds(first))
            await Task.Delay(10, Cancellation);
        Assert.Equal(KeyFailure.Unreachable, keys.ProblemOf(slow.Id)!.Failure);
        answer.SetResult();
        Assert.Empty(await looking);
        Assert.Empty(keys.Blocked);
    }

    [Theory]
    [InlineData(KeyFailure.Refused)]
    [InlineData(KeyFailure.Unreachable)]
    public async Task Close_StoreSaysNoOrNothing_StaysClosedAndIsToldOnce(KeyFailure failure)
    {
        await using var fleet = await StartAsync();
        await fleet.Installation.ReopenAsync();
        var (keys, watch, first) = (fleet.Installation.Open.Keys, Watch(fleet), fleet.Registries.First.Id);
        if (failure == KeyFailure.Refused)
            _store.Refused.Add("mem:one");
        else
            _store.IsAway = true;
        await watch.CloseAsync();
        var told = Assert.Single(await watch.CheckAsync(Cancellation));
        Assert.Equal((first, failure), (told.OwnerId, told.Problem!.Failure));
        Assert.DoesNotContain("since the start", keys.ProblemOf(first)!.Message, StringComparison.Ordinal);
        Assert.Empty(await watch.CheckAsync(Cancellation));
        (_store.IsAway, _) = (false, _store.Refused.RemoveWhere(_ => true));
        Assert.Null(Assert.Single(await watch.CheckAsync(Cancellation)).Problem);
    }

    [Fact]
    public async Task Delete_UnderACustomersKey_KeepsNoKeyInMemory()
    {
        await using var fleet = await RegistryFleet.StartAsync([_store.As()]);
        var registry = await fleet.CreateAsync("fleet", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:one") });
        var key = await fleet.Installation.Open.Keys.CurrentAsync(registry.Id, Cancellation);
        await fleet.DeleteAsync(registry);
        Assert.False(fleet.Installation.Open.Keys.Holds(registry.Id));
        Assert.Throws<KeyUnavailableException>(key.DemandThere);
    }

    [Theory]
    [InlineData(KeyFailure.Refused)]
    [InlineData(KeyFailure.Unreachable)]
    public async Task Recover_KeyTakenAwayMeanwhile_IsBackAndClosedUntilTheStoreSaysYes(KeyFailure failure)
    {
        await using var fleet = await RegistryFleet.StartAsync([_store.As()]);
        var (here, watch) = (fleet.Installation, Watch(fleet));
        var registry = await fleet.CreateAsync("fleet", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:one") });
        var key = await here.Open.Keys.CurrentAsync(registry.Id, Cancellation);
        await fleet.DeleteAsync(registry);
        if (failure == KeyFailure.Refused)
            _store.Refused.Add("mem:one");
        else
            _store.IsAway = true;
        await watch.CheckAsync(Cancellation);
        Assert.Equal(RegistryOutcome.Done, (await fleet.Store.RecoverAsync(fleet.Managing(ManagementActions.RecoverRegistry), "fleet")).Outcome);

        Assert.Throws<KeyUnavailableException>(key.DemandThere);
        Assert.Equal(failure, here.Open.Keys.ProblemOf(registry.Id)!.Failure);
        Assert.Equal(failure, await FailureOfAsync(async () => await here.Open.Keys.CurrentAsync(registry.Id, Cancellation)));

        _store.Refused.Clear();
        _store.IsAway = false;
        await watch.CheckAsync(Cancellation);
        Assert.Null(here.Open.Keys.ProblemOf(registry.Id));
        await here.Open.Keys.CurrentAsync(registry.Id, Cancellation);
    }

    [Fact]
    public async Task Recover_KeyGivenBackMeanwhile_IsOpen()
    {
        await using var fleet = await RegistryFleet.StartAsync([_store.As()]);
        var registry = await fleet.CreateAsync("fleet", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:one") });
        _store.Refused.Add("mem:one");
        await Watch(fleet).CheckAsync(Cancellation);
        await fleet.DeleteAsync(registry);
        _store.Refused.Clear();
        await fleet.Store.RecoverAsync(fleet.Managing(ManagementActions.RecoverRegistry), "fleet");
        Assert.Null(fleet.Installation.Open.Keys.ProblemOf(registry.Id));
    }

    /// <summary>The look has read which registries there are; then one comes back whose key is refused.</summary>
    [Fact]
    public async Task Check_RegistryRecoveredMeanwhile_DoesNotOpenIt()
    {
        await using var fleet = await StartAsync();
        var registry = await fleet.CreateAsync("fleet", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:two") });
        await fleet.DeleteAsync(registry);
        _store.Refused.Add("mem:two");
        _store.Unwrapping = async key =>
        {
            _store.Unwrapping = null;
            Assert.Equal("mem:one", key);
            await fleet.Store.RecoverAsync(fleet.Managing(ManagementActions.RecoverRegistry), "fleet");
        };
        await Watch(fleet).CheckAsync(Cancellation);
        Assert.Equal(KeyFailure.Refused, fleet.Installation.Open.Keys.ProblemOf(registry.Id)!.Failure);
    }

    [Fact]
    public async Task Load_KeyRefused_ClosesAtOnceAndAsksTheStoreNoMore()
    {
        await using var fleet = await StartAsync();
        await fleet.Installation.ReopenAsync();
        _store.Refused.Add("mem:one");
        var (keys, before) = (fleet.Installation.Open.Keys, _store.Questions);
        for (var i = 0; i < 5; i++)
            Assert.Equal(KeyFailure.Refused, await FailureOfAsync(async () => await keys.CurrentAsync(fleet.Registries.First.Id, Cancellation)));
        Assert.Equal(before + 1, _store.Questions);
        // It is told of by the next look.
        Assert.Single(await Watch(fleet).CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Load_ManyAtOnce_AsksTheStoreOnce()
    {
        await using var fleet = await StartAsync();
        await fleet.Installation.ReopenAsync();
        var before = _store.Questions;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await fleet.Installation.Open.Keys.CurrentAsync(fleet.Registries.First.Id, Cancellation))));
        Assert.InRange(_store.Questions - before, 1, 3);
    }

    [Fact]
    public async Task Load_RowChanged_IsDamaged()
    {
        await using var fleet = await StartAsync();
        await fleet.Installation.ReopenAsync();
        await fleet.Installation.ExecuteAsync("UPDATE root_key SET wrapped = zeroblob(60) WHERE owner_id = @Id", new { fleet.Registries.First.Id });
        Assert.Equal(KeyFailure.Damaged, await FailureOfAsync(async () => await fleet.Installation.Open.Keys.CurrentAsync(fleet.Registries.First.Id, Cancellation)));
    }

    [Fact]
    public async Task Load_AnotherKeyUnderTheName_IsAWrongKeyAndClosesNothing()
    {
        await using var fleet = await StartAsync();
        await fleet.Installation.ReopenAsync();
        _store.Exchange("one");
        Assert.Equal(KeyFailure.WrongKey, await FailureOfAsync(async () => await fleet.Installation.Open.Keys.CurrentAsync(fleet.Registries.First.Id, Cancellation)));
        Assert.Empty(await Watch(fleet).CheckAsync(Cancellation));
        Assert.Equal(0, (await fleet.Installation.Open.Verification.RunAsync(deep: true, Cancellation)).Closed);
    }

    [Fact]
    public async Task Breaker_CallThatDoesNotEnd_IsUnreachableAfterItsLimit()
    {
        var breaker = new KeyBreaker(_store, TimeProvider.System) { Limit = TimeSpan.FromMilliseconds(50) };
        var version = await breaker.DescribeAsync(breaker.TryParse("mem:one")!, Cancellation);
        _store.Wrapping = () => Task.Delay(Timeout.Infinite, Cancellation);
        Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => breaker.WrapAsync(version, new byte[32], new byte[1], Cancellation)).WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task Breaker_StoreSilent_IsNotAskedForAWhile()
    {
        var clock = new MovableClock();
        var breaker = new KeyBreaker(_store, clock);
        var key = breaker.TryParse("mem:one")!;
        _store.IsAway = true;
        for (var i = 0; i < KeyBreaker.Failures + 5; i++)
            Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => breaker.DescribeAsync(key, Cancellation)));
        Assert.Equal(KeyBreaker.Failures, _store.Questions);
        _store.IsAway = false;
        Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => breaker.DescribeAsync(key, Cancellation)));
        clock.Advance(KeyBreaker.Pause);
        await breaker.DescribeAsync(key, Cancellation);
        _store.Refused.Add("mem:one");
        _store.Surprise = new InvalidOperationException("surprise");
        Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => breaker.DescribeAsync(key, Cancellation)));
        _store.Surprise = null;
        for (var i = 0; i < KeyBreaker.Failures + 1; i++)
            Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => breaker.DescribeAsync(key, Cancellation)));
    }
}
