using System.Data.Common;
using Breakwater.Core.Blobs;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Rotation;

/// <summary>
/// Takes rotations of root keys further: encrypts anew what is under old keys, closes these, lets transfers end, and destroys them. Every step is a transaction of its
/// own from which the next run goes on, whatever ended the process in between. A registry whose key may not be used now waits.
/// </summary>
/// <remarks>
/// <code>
/// ReEncrypting  passes over blobs, manifests, the recycle bin and uploads, until one leaves nothing
/// Closing       from here on nothing sealed under an old key can be stored; one more pass takes what came before; transfers end
/// Destroying    the wrapped old keys are deleted and zeroed in memory; the journal is cut
/// </code>
/// </remarks>
public sealed class RotationRun
{
    private readonly IMetadataDatabase _database;
    private readonly RegistryDirectory _registries;
    private readonly KeyRing _keys;
    private readonly ObjectRewriter _objects;
    private readonly ManifestRewriter _manifests;
    private readonly UploadRewriter _uploads;
    private readonly RewritePace _pace;
    private readonly RotationOptions _options;
    private readonly TimeProvider _clock;

    internal RotationRun(
        IMetadataDatabase database, RegistryDirectory registries, KeyRing keys, CoherentCache cache, BlobVault vault, DamagedObjects damaged, BlobUploads uploads, RotationOptions options, TimeProvider clock)
    {
        _database = database;
        _registries = registries;
        _keys = keys;
        _objects = new ObjectRewriter(database, cache, vault, damaged, options, clock);
        _manifests = new ManifestRewriter(database, vault);
        _uploads = new UploadRewriter(database, vault, uploads, new RunReader(database, vault, clock), clock);
        _pace = new RewritePace(options.BytesPerSecond, clock);
        _options = options;
        _clock = clock;
    }

    /// <summary>Takes each rotation as far as it comes now. Not to be called again before it has ended.</summary>
    /// <returns>How long to wait before the next call.</returns>
    public async Task<TimeSpan> RunAsync(IRotationWitness witness, CancellationToken cancellationToken)
    {
        var (began, wait) = (_clock.GetTimestamp(), _options.Interval);
        foreach (var rotation in await _database.ReadAsync(RotationRows.UnfinishedAsync))
        {
            if (_registries.Find(rotation.RegistryId) is not { } registry || _keys.ProblemOf(registry.Id) is not null)
                continue;
            try
            {
                await StepAsync(registry, rotation, witness, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever it is, the other registries go on, and so does the server.
                witness.Failed(registry, e);
                wait = _options.LongestInterval;
            }
        }
        // To look whether anything is left costs more the more there is: most of the time goes to others.
        var rest = _clock.GetElapsedTime(began) * 10;
        return rest < wait ? wait : rest > _options.LongestInterval ? _options.LongestInterval : rest;
    }

    private async Task StepAsync(Registry registry, RootKeyRotation rotation, IRotationWitness witness, CancellationToken cancellationToken)
    {
        // Whoever began it may not have heard that it was written: without this, content would be copied from an old key to the same one.
        _keys.Advance(registry.Id, rotation.Epoch);
        if (rotation.State == RotationState.ReEncrypting && await PassAsync(registry, rotation, witness, cancellationToken))
            rotation = await AdvanceAsync(rotation, RotationState.Closing, db => RootKeyRows.CloseOlder(db, registry.Id, rotation.Epoch));
        if (rotation.State == RotationState.Closing && await PassAsync(registry, rotation, witness, cancellationToken) && MayDestroy(rotation))
        {
            rotation = await AdvanceAsync(rotation, RotationState.Destroying, db => RootKeyRows.DeleteOlder(db, registry.Id, rotation.Epoch));
            if (rotation.State == RotationState.Destroying)
                _keys.Retire(registry.Id, rotation.Epoch);
        }
        // Somebody may be reading an older state of the database: the next run tries again.
        if (rotation.State != RotationState.Destroying || !await _database.TryScrubAsync())
            return;
        rotation = await AdvanceAsync(rotation, RotationState.Done, _ => 0);
        if (rotation.State == RotationState.Done)
            await witness.DoneAsync(registry, rotation);
    }

    /// <returns>Whether nothing is left under the old keys.</returns>
    private async Task<bool> PassAsync(Registry registry, RootKeyRotation rotation, IRotationWitness witness, CancellationToken cancellationToken)
    {
        var isLeft = () => _database.ReadAsync(db => RotationRows.IsAnyLeftAsync(db, registry.Id, rotation.Epoch));
        var (unreadable, busy) = (0, 0);
        if (await isLeft())
        {
            await _objects.RunAsync(rotation, _pace, e => witness.Found(registry, e), cancellationToken);
            unreadable = await _manifests.RunAsync(rotation, _pace, e => witness.Found(registry, e), cancellationToken)
                + await _database.ReadAsync(db => RotationRows.CountDamagedAsync(db, registry.Id, rotation.Epoch));
        }
        busy = await _uploads.RunAsync(rotation, _pace, endsWhatIsUsed: _clock.GetUtcNow() - rotation.StartedAt >= _options.Patience, cancellationToken);
        if ((unreadable, busy) != (rotation.Unreadable, rotation.Uploads))
            await _database.WriteAsync(db => RotationRows.SetLeft(db, registry.Id, unreadable, busy));
        return busy == 0 && !await isLeft();
    }

    private bool MayDestroy(RootKeyRotation rotation)
    {
        var waited = _clock.GetUtcNow() - rotation.ChangedAt;
        return waited >= _options.Settling && (waited >= _options.Patience || !_keys.AreInUse(rotation.RegistryId, rotation.Epoch));
    }

    /// <returns>The rotation in its next state; as it was when the database has it in another.</returns>
    private async Task<RootKeyRotation> AdvanceAsync(RootKeyRotation rotation, RotationState next, Func<DbConnection, int> change)
    {
        var now = _clock.GetUtcNow();
        var advanced = await _database.WriteAsync(db => RotationRows.Advance(db, rotation, next, now) && change(db) >= 0);
        return advanced ? rotation with { State = next, ChangedAt = now } : rotation;
    }
}
