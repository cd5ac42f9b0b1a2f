namespace Breakwater.Core.Audit;

/// <summary>Goes along the chain and says what is wrong. After a break it goes on from what is there, so that each break is found once.</summary>
internal sealed class ChainWalk
{
    private readonly ChainHash _hash = new();
    private readonly Dictionary<long, AuditCheckpoint> _expected;
    private readonly List<string> _problems = [];

    public ChainWalk(IReadOnlyList<AuditCheckpoint> checkpoints)
    {
        Position = checkpoints.FirstOrDefault(checkpoint => checkpoint.Kind == CheckpointKind.Start)?.Link ?? ChainLink.Genesis;
        _expected = checkpoints.Where(checkpoint => checkpoint.Kind == CheckpointKind.Kept).ToDictionary(checkpoint => checkpoint.Sequence);
        foreach (var head in checkpoints.Where(checkpoint => checkpoint.Kind == CheckpointKind.Head))
            _expected.TryAdd(head.Sequence, head);
    }

    /// <summary>The record that was looked at last.</summary>
    public ChainLink Position { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    public void Report(string problem) => _problems.Add(problem);

    /// <param name="start">Where the chain begins now.</param>
    public void Skip(ChainLink start)
    {
        if (start.Sequence > Position.Sequence)
            Position = start;
    }

    public void Step(ChainedRecord found)
    {
        var stored = new ChainLink(found.Sequence, found.Hash);
        if (found.Sequence != Position.Sequence + 1)
            Report(Missing(Position.Sequence + 1, found.Sequence - 1));
        else if (!_hash.Next(Position, found.Record).Is(stored))
            Report($"Record {found.Sequence} was altered, or does not follow the one before.");
        if (_expected.Remove(found.Sequence, out var checkpoint) && !checkpoint.Link.Is(stored))
            Report($"Record {found.Sequence} is not what the checkpoint signed: it or records before it were replaced.");
        Position = stored;
    }

    /// <param name="head">What the last checkpoint said before the walk: at least so far must it have come.</param>
    /// <param name="known">What the running server knew to have written then.</param>
    /// <param name="now">What the last checkpoint says after it: a record and the checkpoint over it are written at once.</param>
    public void End(ChainLink? head, ChainLink? known, ChainLink? now)
    {
        var last = Math.Max(head?.Sequence ?? 0, known?.Sequence ?? 0);
        if (last > Position.Sequence)
            Report(Missing(Position.Sequence + 1, last));
        else if (Position.Sequence > (now?.Sequence ?? 0))
            Report($"No checkpoint covers the records {(now?.Sequence ?? 0) + 1} to {Position.Sequence}: they were added, or it was removed.");
    }

    private static string Missing(long first, long last) => first == last ? $"Record {first} is missing." : $"Records {first} to {last} are missing.";
}
