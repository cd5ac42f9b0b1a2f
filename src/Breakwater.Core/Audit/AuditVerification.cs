using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Work;

namespace Breakwater.Core.Audit;

/// <summary>
/// Proves that the log is the one that was written: every record has its place and its hash, every checkpoint is signed by our key and says
/// what the chain says. Works while the log is being written and pruned.
/// </summary>
/// <remarks>
/// What it cannot see: that the whole database was put back to an earlier state. Whoever must know keeps exported records or heads elsewhere.
/// </remarks>
public sealed class AuditVerification(IMetadataDatabase database, SecretBox box, Guid installationId, AuditLog? running, TimeProvider clock)
{
    private const string Invariant = "audit";

    /// <summary>More would say no more.</summary>
    private const int MaxFindings = 20;

    /// <returns>Nothing when the log is whole.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        // First, so that the rows have at least these records.
        var known = running?.Head;
        var keys = await new AuditKeys(database, box, installationId, clock).OpenAllAsync(cancellationToken);
        var checkpoints = await database.ReadAsync(CheckpointRows.ListAsync);
        var walk = new ChainWalk(checkpoints);
        foreach (var forged in checkpoints.Where(checkpoint => !keys.Any(key => key.IsSigned(checkpoint))))
            walk.Report($"The checkpoint at record {forged.Sequence} is not signed by this installation.");
        while (walk.Problems.Count < MaxFindings && await StepAsync(walk, keys))
            cancellationToken.ThrowIfCancellationRequested();
        if (walk.Problems.Count < MaxFindings)
            walk.End(checkpoints.FirstOrDefault(checkpoint => checkpoint.Kind == CheckpointKind.Head)?.Link, known, await HeadAsync(keys));
        return [.. walk.Problems.Take(MaxFindings).Select(problem => new Finding(Invariant, problem))];
    }

    private async Task<ChainLink?> HeadAsync(IReadOnlyList<AuditKey> keys) =>
        await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Head)) is { } head && keys.Any(key => key.IsSigned(head)) ? head.Link : null;

    private async Task<bool> StepAsync(ChainWalk walk, IReadOnlyList<AuditKey> keys)
    {
        var segments = await database.ReadAsync(db => SegmentRows.PageAsync(db, walk.Segment));
        // The segments may be gone by now: those that are left are to be read again.
        if ((segments.Count == 0 || segments[0].FirstSequence != walk.Position.Sequence + 1) && await RestartAsync(walk, keys))
            return true;
        foreach (var segment in segments)
            walk.Step(segment);
        return segments.Count > 0;
    }

    /// <summary>Retention may have taken away what was to come next.</summary>
    private async Task<bool> RestartAsync(ChainWalk walk, IReadOnlyList<AuditKey> keys)
    {
        var position = walk.Position;
        var start = await database.ReadAsync(db => CheckpointRows.FindAsync(db, CheckpointKind.Start));
        if (start is not null && keys.Any(key => key.IsSigned(start)))
            walk.Skip(start.Link);
        return walk.Position != position;
    }
}
