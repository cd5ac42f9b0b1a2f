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

    /// <summary>The first record of the segment that was looked at last. Nothing is passed by: whatever is in the table will be shown by queries.</summary>
    public long Segment { get; private set; } = long.MinValue;

    public IReadOnlyList<string> Problems => _problems;

    public void Report(string problem) => _problems.Add(problem);

    /// <param name="start">Where the chain begins now.</param>
    public void Skip(ChainLink start)
    {
        if (start.Sequence > Position.Sequence)
            Position = start;
    }

    public void Step(AuditSegment segment)
    {
        var (columns, end) = (SegmentColumns.None, 0);
        foreach (var record in segment.Records())
        {
            Step(record);
            columns = columns.With(record.Head.Time, (AuditCategory)record.Head.Category);
            end = record.End;
        }
        if (end == 0 || end != segment.Payload.Length)
            Report($"The records from {segment.FirstSequence} on were altered, they cannot all be read.");
        else if (columns != segment.Columns)
            Report($"The times or categories that stand beside the records from {segment.FirstSequence} on were altered.");
        Segment = segment.FirstSequence;
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

    private void Step(StoredRecord found)
    {
        if (found.Sequence <= Position.Sequence)
        {
            Report($"Record {found.Sequence} stands where there is none: it was added.");
            return;
        }
        if (found.Sequence != Position.Sequence + 1)
            Report(Missing(Position.Sequence + 1, found.Sequence - 1));
        else if (!_hash.IsNext(Position, found))
            Report($"Record {found.Sequence} was altered, or does not follow the one before.");
        if (_expected.Remove(found.Sequence, out var checkpoint) && !checkpoint.Link.Is(found.Link))
            Report($"Record {found.Sequence} is not what the checkpoint signed: it or records before it were replaced.");
        Position = found.Link;
    }

    private static string Missing(long first, long last) => first == last ? $"Record {first} is missing." : $"Records {first} to {last} are missing.";
}
