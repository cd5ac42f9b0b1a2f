using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Tests.Metadata;
using Breakwater.Core.Tests.Registries;
using Breakwater.Core.Tests.Rotation;
using Dapper;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Keys;

/// <summary>Changes of one registry's keys that meet: what is told is what holds, and nothing is left under a key that the registry has left.</summary>
public sealed class KeyRaceTests
{
    private readonly MemoryKeyStore _store = new MemoryKeyStore().Add("one").Add("two").Add("three");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<RegistryResult> MoveAsync(RegistryFleet fleet, Registry registry, string? key) =>
        fleet.Store.ChangeAsync(fleet.Managing(registry), new RegistryChange { Encryption = new EncryptionChange(key) });

    private static async Task<List<(string Provider, string Key)>> RowsAsync(RegistryFleet fleet, Guid id) => (await fleet.Installation.Open.Database.ReadAsync(
        db => db.QueryAsync<(string, string)>("SELECT provider, key_uri FROM root_key WHERE owner_id = @id ORDER BY epoch", new { id }))).AsList();

    /// <summary>A change that names the key that the registry has already, beside one that moves it elsewhere.</summary>
    [Theory]
    [InlineData("mem:one", "mem:two")]
    [InlineData(null, "mem:two")]
    [InlineData("mem:one", null)]
    public async Task Change_ToTheKeyItHasWhileAnotherMovesIt_DoesNotTellAnotherKeyThanTheRowHas(string? has, string? other)
    {
        await using var fleet = await RegistryFleet.StartAsync([_store.As()]);
        var first = fleet.Registries.First;
        await MoveAsync(fleet, first, has);
        var (turn, entered) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var held = fleet.Registries.InTurnAsync(async () =>
        {
            entered.SetResult();
            await turn.Task;
            return 0;
        });
        await entered.Task;
        var moving = Task.Run(() => MoveAsync(fleet, first, other), Cancellation);
        await Task.Delay(300, Cancellation);
        // As az does it: the whole resource, with the key that was read before.
        var same = Task.Run(() => MoveAsync(fleet, first, has), Cancellation);
        await Task.Delay(300, Cancellation);
        turn.SetResult();
        await Task.WhenAll(held, moving, same);

        var row = Assert.Single(await RowsAsync(fleet, first.Id));
        Assert.Equal(row, fleet.Registries.First.Encryption is { } told ? ("mem", told.KeyIdentifier) : ("file", "local:service"));
    }

    /// <summary>The rotation reads the row, and wraps as it is wrapped; the registry is moved before, or in between.</summary>
    [Theory]
    [InlineData("mem:one", "mem:two", 2)]
    [InlineData("mem:one", "mem:two", 3)]
    [InlineData(null, "mem:two", 2)]
    [InlineData(null, "mem:two", 3)]
    public async Task Begin_KeyMovedBetweenItsLooks_LeavesNoRootKeyUnderTheOldOne(string? before, string after, int read)
    {
        await using var bench = await RotationBench.StartAsync([_store.As()]);
        var fleet = bench.Fleet;
        fleet.Store = fleet.NewStore();
        await MoveAsync(fleet, fleet.Registries.First, before);
        var here = bench.Here;
        await using var between = new Interleaved(here.Open.Database, read, async () => await MoveAsync(fleet, fleet.Registries.First, after));
        var rotations = new RootKeyRotations(between, new RegistryKeys(here.Open.Database, here.Open.Keys), here.Open.Keys, here.Clock);
        Assert.NotNull(await rotations.BeginAsync(fleet.Managing(fleet.Registries.First), Cancellation));

        Assert.Equal(after, fleet.Registries.First.Encryption!.KeyIdentifier);
        Assert.Equal([("mem", after), ("mem", after)], await RowsAsync(fleet, bench.Id));
    }

    /// <summary>What it ends in: all content is lost with a key that the registry has left.</summary>
    [Fact]
    public async Task Rotation_KeyMovedWhileItBegan_ContentOutlivesTheOldKey()
    {
        await using var bench = await RotationBench.StartAsync([_store.As()]);
        var (here, fleet) = (bench.Here, bench.Fleet);
        fleet.Store = fleet.NewStore();
        await MoveAsync(fleet, fleet.Registries.First, "mem:one");
        var digest = await here.PushAsync("a", Content(200_000));
        await using (var between = new Interleaved(here.Open.Database, read: 3, async () => await MoveAsync(fleet, fleet.Registries.First, "mem:two")))
            await new RootKeyRotations(between, new RegistryKeys(here.Open.Database, here.Open.Keys), here.Open.Keys, here.Clock).BeginAsync(fleet.Managing(fleet.Registries.First), Cancellation);
        await bench.FinishAsync();
        // The owner has moved to "two" and deletes "one".
        _store.Refused.Add("mem:one");
        await here.ReopenAsync();
        Same.Bytes(Content(200_000), await here.PullAsync("a", digest));
    }

    /// <summary>The follower of the service's key has found a registry under it; before it comes to that, the registry is put under a customer's key.</summary>
    [Fact]
    public async Task Follow_RegistryMovedToACustomersKeySinceItWasFound_StaysUnderThat()
    {
        await using var fleet = await RegistryFleet.StartAsync([_store.As()]);
        var file = await File.ReadAllTextAsync(fleet.Installation.Directory.KeyFile, Cancellation);
        await File.WriteAllTextAsync(fleet.Installation.Directory.KeyFile, file.Replace("]", $", {{ \"version\": \"k2\", \"key\": \"{Convert.ToBase64String(new byte[32])}\" }} ]", StringComparison.Ordinal), Cancellation);
        await fleet.Installation.ReopenAsync();
        fleet.Store = fleet.NewStore();
        var first = fleet.Registries.First;
        await using var between = new Interleaved(fleet.Installation.Open.Database, read: 2, async () => await MoveAsync(fleet, first, "mem:one"));
        await new ServiceKeyFollower(between, fleet.Installation.Open.Keys).RunAsync(Cancellation);

        Assert.Equal("mem:one", fleet.Registries.First.Encryption!.KeyIdentifier);
        Assert.Equal([("mem", "mem:one")], await RowsAsync(fleet, first.Id));
    }
}
