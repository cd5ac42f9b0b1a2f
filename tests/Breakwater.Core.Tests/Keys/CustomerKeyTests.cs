using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Tests.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tests.Keys;

/// <summary>Registries come under customers' keys, move and leave them, without a byte of content being rewritten.</summary>
public sealed class CustomerKeyTests
{
    private readonly MemoryKeyStore _store = new MemoryKeyStore().Add("one").Add("two");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<RegistryFleet> StartAsync() => RegistryFleet.StartAsync([_store.As()]);

    private static Task<RegistryResult> MoveAsync(RegistryFleet fleet, Registry registry, string? key) =>
        fleet.Store.ChangeAsync(fleet.Managing(registry), new RegistryChange { Encryption = new EncryptionChange(key) });

    private static async Task<(string Provider, string Key, string Version)> RowAsync(RegistryFleet fleet, Registry registry) => await fleet.Installation.Open.Database.ReadAsync(
        db => db.QuerySingleAsync<(string, string, string)>("SELECT provider, key_uri, key_version FROM root_key WHERE owner_id = @Id", new { registry.Id }));

    private static Dictionary<string, DateTime> Files(RegistryFleet fleet) =>
        Directory.EnumerateFiles(fleet.Installation.Directory.Objects, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);

    private static KeyFollower Follower(RegistryFleet fleet) =>
        new(fleet.Installation.Open.Database, fleet.Registries, fleet.Store, new RegistryKeys(fleet.Installation.Open.Database, fleet.Installation.Open.Keys), fleet.Installation.Open.Keys);

    private static async Task<List<string>> FollowAsync(RegistryFleet fleet)
    {
        var moved = new List<string>();
        await Follower(fleet).RunAsync(registry => moved.Add(registry.Name), (_, _) => { }, Cancellation);
        return moved;
    }

    [Fact]
    public async Task Change_EnableMoveDisable_ReadsWhatWasPushedAndRewritesNoFile()
    {
        await using var fleet = await StartAsync();
        var (here, first) = (fleet.Installation, fleet.Registries.First);
        var (content, body) = (TestInstallation.Content(200_000), TestInstallation.ManifestOf([TestInstallation.DigestOf(TestInstallation.Content(10, seed: 2))]));
        var digest = await here.PushAsync("repo", content);
        await here.PushAsync("repo", TestInstallation.Content(10, seed: 2));
        var manifest = await here.PutManifestAsync("repo", body, "v1");
        var files = Files(fleet);

        foreach (var (key, row) in new[] { ("mem:one", ("mem", "mem:one", "1")), ("mem:two/1", ("mem", "mem:two", "1")), (null, ("file", "local:service", "k1")) })
        {
            Assert.Equal(RegistryOutcome.Done, (await MoveAsync(fleet, first, key)).Outcome);
            Assert.Equal(row, await RowAsync(fleet, first));
            Assert.Equal(content, await here.PullAsync("repo", digest));
            await here.ReopenAsync();
            Assert.Equal(content, await here.PullAsync("repo", digest));
            Assert.Equal(body, (await here.Open.Manifests.FindAsync(here.At("repo"), ManifestReference.Parse("v1")))!.Body.ToArray());
            Assert.Equal((key, key is not null && !key.Contains('/', StringComparison.Ordinal)), (here.Open.Registries.First.Encryption?.KeyIdentifier, here.Open.Registries.First.Encryption?.FollowsVersions ?? false));
            Assert.Equal(files, Files(fleet));
            await ReplaceFleetStoreAsync(fleet);
        }
        await here.AssertSoundAsync();

        static Task ReplaceFleetStoreAsync(RegistryFleet fleet)
        {
            fleet.Store = fleet.NewStore();
            return fleet.Directory.LoadAsync();
        }
    }

    [Fact]
    public async Task Create_WithAKey_IsUnderItFromTheStart()
    {
        await using var fleet = await StartAsync();
        var made = await fleet.CreateAsync("fleet", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:one") });
        Assert.Equal(("mem", "mem:one", "1"), await RowAsync(fleet, made));
        Assert.Equal(("mem:one", "mem:one/1", null), (made.Encryption!.KeyIdentifier, made.Encryption.VersionedIdentifier, made.Encryption.Client));
        await Assert.ThrowsAsync<InvalidValueException>(() => fleet.CreateAsync("other", wanted: new RegistryChange { Encryption = new EncryptionChange("mem:one", "nobody") }));
    }

    [Fact]
    public async Task Change_KeyThatNoRuleAllows_IsRefusedAsOneThatIsNotThere()
    {
        await using var fleet = await RegistryFleet.StartAsync([_store.As(new KeyRule("mem:o*", ["fleet*"]))]);
        var (mine, first) = (await fleet.CreateAsync("fleet"), fleet.Registries.First);
        var foreign = await Assert.ThrowsAsync<InvalidValueException>(() => MoveAsync(fleet, mine, "mem:two"));
        var absent = await Assert.ThrowsAsync<InvalidValueException>(() => MoveAsync(fleet, mine, "other:two"));
        Assert.Equal(foreign.Message.Replace("mem:", "other:", StringComparison.Ordinal), absent.Message);
        await Assert.ThrowsAsync<InvalidValueException>(() => MoveAsync(fleet, first, "mem:one"));
        Assert.Equal(0, _store.Questions);
        Assert.Equal(RegistryOutcome.Done, (await MoveAsync(fleet, mine, "mem:one")).Outcome);
    }

    [Fact]
    public async Task Change_TierWithoutIt_IsRefusedAndTheStoreNotAsked()
    {
        await using var fleet = await StartAsync();
        var registry = await fleet.CreateAsync("fleet", "Standard");
        await Assert.ThrowsAsync<BeyondTierException>(() => MoveAsync(fleet, registry, "mem:one"));
        Assert.Equal(0, _store.Questions);
        await fleet.Store.ChangeAsync(fleet.Managing(registry), new RegistryChange { Plan = TierCatalog.Default.Find("Premium") });
        await MoveAsync(fleet, registry, "mem:one");
        await Assert.ThrowsAsync<BeyondTierException>(() => fleet.Store.ChangeAsync(fleet.Managing(registry), new RegistryChange { Plan = TierCatalog.Default.Find("Standard") }));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("away")]
    [InlineData("broken")]
    public async Task Change_NewKeyCannotBeUsed_ChangesNothing(string how)
    {
        await using var fleet = await StartAsync();
        var (before, first) = (await RowAsync(fleet, fleet.Registries.First), fleet.Registries.First);
        (_store.IsAway, _store.IsBroken) = (how == "away", how == "broken");
        _store.Refused.UnionWith(how == "refused" ? ["mem:one"] : []);
        if (how == "away")
            Assert.Equal(OciErrors.Unavailable, (await Assert.ThrowsAsync<OciException>(() => MoveAsync(fleet, first, "mem:one"))).Error);
        else
            await Assert.ThrowsAsync<InvalidValueException>(() => MoveAsync(fleet, first, "mem:one"));
        Assert.Equal(before, await RowAsync(fleet, first));
        Assert.Equal(first, fleet.Registries.First);
    }

    [Fact]
    public async Task Change_OldKeyRefused_ChangesNothing()
    {
        await using var fleet = await StartAsync();
        await MoveAsync(fleet, fleet.Registries.First, "mem:one");
        _store.Refused.Add("mem:one");
        await Assert.ThrowsAsync<InvalidValueException>(() => MoveAsync(fleet, fleet.Registries.First, "mem:two"));
        await Assert.ThrowsAsync<InvalidValueException>(() => MoveAsync(fleet, fleet.Registries.First, null));
        Assert.Equal(("mem", "mem:one", "1"), await RowAsync(fleet, fleet.Registries.First));
    }

    [Fact]
    public async Task Change_TwoAtOnce_OneWinsAndTheOtherChangesNothing()
    {
        await using var fleet = await StartAsync();
        var first = fleet.Registries.First;
        _store.Wrapping = async () =>
        {
            _store.Wrapping = null;
            Assert.Equal(RegistryOutcome.Done, (await MoveAsync(fleet, first, "mem:two")).Outcome);
        };
        // The probe wraps first; by the time of the row the other one has won.
        Assert.Equal(RegistryOutcome.Done, (await MoveAsync(fleet, first, "mem:one")).Outcome);
        _store.Wrapping = () =>
        {
            _store.Wrapping = async () =>
            {
                _store.Wrapping = null;
                await MoveAsync(fleet, first, "mem:one");
            };
            return Task.CompletedTask;
        };
        await MoveAsync(fleet, first, null);
        Assert.Equal(RegistryOutcome.KeyChanged, (await MoveAsync(fleet, first, "mem:two")).Outcome);
        Assert.Equal(("mem", "mem:one", "1"), await RowAsync(fleet, first));
        Assert.Equal("mem:one", fleet.Registries.First.Encryption!.KeyIdentifier);
    }

    [Fact]
    public async Task Follow_NewVersion_WrapsThoseThatFollowAndNoOthers()
    {
        await using var fleet = await StartAsync();
        var (follows, pinned) = (await fleet.CreateAsync("follows"), await fleet.CreateAsync("pinned"));
        await MoveAsync(fleet, follows, "mem:one");
        await MoveAsync(fleet, pinned, "mem:one/1");
        Assert.Empty(await FollowAsync(fleet));
        _store.Add("one");
        fleet.Installation.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["follows"], await FollowAsync(fleet));
        Assert.Equal(("mem", "mem:one", "2"), await RowAsync(fleet, follows));
        Assert.Equal(("mem", "mem:one", "1"), await RowAsync(fleet, pinned));
        var now = fleet.Registries.Find(follows.Id)!.Encryption!;
        Assert.Equal("mem:one/2", now.VersionedIdentifier);
        Assert.InRange(now.RotatedAt - fleet.Registries.Find(pinned.Id)!.Encryption!.RotatedAt, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.Empty(await FollowAsync(fleet));
    }

    [Fact]
    public async Task Follow_NewVersionOfTheServiceKey_WrapsAllThatAreUnderIt()
    {
        await using var fleet = await StartAsync();
        var (first, moved) = (fleet.Registries.First, await fleet.CreateAsync("fleet"));
        await MoveAsync(fleet, moved, "mem:one");
        var digest = await fleet.Installation.PushAsync("repo", [1, 2, 3]);
        var file = await File.ReadAllTextAsync(fleet.Installation.Directory.KeyFile, Cancellation);
        await File.WriteAllTextAsync(fleet.Installation.Directory.KeyFile, file.Replace("]", $", {{ \"version\": \"k2\", \"key\": \"{Convert.ToBase64String(new byte[32])}\" }} ]", StringComparison.Ordinal), Cancellation);
        await fleet.Installation.ReopenAsync();
        fleet.Store = fleet.NewStore();

        await FollowAsync(fleet);

        Assert.Equal(("file", "local:service", "k2"), await RowAsync(fleet, first));
        Assert.Equal(("mem", "mem:one", "1"), await RowAsync(fleet, moved));
        await fleet.Installation.ReopenAsync();
        Assert.Equal([1, 2, 3], await fleet.Installation.PullAsync("repo", digest));
    }
}
