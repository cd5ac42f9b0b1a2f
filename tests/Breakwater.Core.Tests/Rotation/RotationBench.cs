using Breakwater.Core.Access;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Storage;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Tests.Registries;

namespace Breakwater.Core.Tests.Rotation;

/// <summary>An installation whose root keys are exchanged, and who is told of it.</summary>
internal sealed class RotationBench(RegistryFleet fleet) : IRotationWitness, IAsyncDisposable
{
    public RegistryFleet Fleet => fleet;

    public TestInstallation Here => fleet.Installation;

    public Guid Id => fleet.Registries.First.Id;

    public List<CorruptObjectException> Corrupt { get; } = [];

    public List<Exception> Failures { get; } = [];

    public int Done { get; private set; }

    public static async Task<RotationBench> StartAsync(IReadOnlyList<KeyStore>? keyStores = null)
    {
        var fleet = await RegistryFleet.StartAsync(keyStores);
        fleet.Installation.Options = fleet.Installation.Options with { Rotation = new RotationOptions { BytesPerSecond = 0 } };
        var bench = new RotationBench(fleet);
        await bench.Here.ReopenAsync();
        return bench;
    }

    public async Task<RootKeyRotation?> BeginAsync() =>
        await Rotations().BeginAsync(fleet.Managing(fleet.Registries.First), CancellationToken.None);

    public async Task<RootKeyRotation> StateAsync() =>
        (await Rotations().FindAsync(fleet.Managing(fleet.Registries.First, ManagementActions.RegistriesRead)))!;

    /// <summary>One look at it.</summary>
    public async Task<RootKeyRotation> RunAsync(TimeSpan? later = null)
    {
        Here.Clock.Advance(later ?? TimeSpan.Zero);
        await Here.Open.Rotation.RunAsync(this, CancellationToken.None);
        return await StateAsync();
    }

    /// <summary>To its end.</summary>
    public async Task FinishAsync()
    {
        for (var i = 0; i < 4 && (await RunAsync(TimeSpan.FromMinutes(1))).State != RotationState.Done; i++)
        {
        }
        Assert.Equal(RotationState.Done, (await StateAsync()).State);
        Assert.Empty(Failures);
    }

    /// <summary>Epochs of the wrapped keys, and of all content.</summary>
    public async Task<(string Keys, string Content)> EpochsAsync() => (
        await Here.QueryAsync<string>("SELECT GROUP_CONCAT(epoch) FROM (SELECT epoch FROM root_key WHERE owner_id = @Id ORDER BY epoch)", new { Id }),
        await Here.QueryAsync<string>(
            """
            SELECT COALESCE(GROUP_CONCAT(epoch), '') FROM (SELECT DISTINCT epoch FROM (
                SELECT epoch FROM object UNION ALL SELECT epoch FROM object_part UNION ALL SELECT epoch FROM manifest UNION ALL SELECT epoch FROM deleted_manifest UNION ALL SELECT epoch FROM upload_run)
                ORDER BY epoch)
            """));

    public void Found(Registry registry, CorruptObjectException corrupt) => Corrupt.Add(corrupt);

    public void Failed(Registry registry, Exception problem) => Failures.Add(problem);

    public ValueTask DoneAsync(Registry registry, RootKeyRotation rotation)
    {
        Done++;
        return default;
    }

    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    private RootKeyRotations Rotations() =>
        new(Here.Open.Database, new RegistryKeys(Here.Open.Database, Here.Open.Keys), Here.Open.Keys, Here.Clock);
}
