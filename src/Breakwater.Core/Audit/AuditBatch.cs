namespace Breakwater.Core.Audit;

/// <summary>What is written at once, and who waits for it.</summary>
internal sealed class AuditBatch
{
    private readonly List<TaskCompletionSource> _waiting = [];

    public List<AuditRecord> Records { get; } = [];

    /// <summary>Pending changes whose outcome is among the records.</summary>
    public List<Guid> Settled { get; } = [];

    public void Add(AuditEntry entry, BurstFilter bursts)
    {
        if (entry.Waiting is not null)
            _waiting.Add(entry.Waiting);
        if (entry.Change is { } change)
            Settled.Add(change);
        if (entry.Record is not { } record)
            return;
        var clean = AuditText.Clean(record);
        // Whoever waits for a record gets it: it is of a change.
        if (entry.Waiting is not null || bursts.Admit(clean))
            Records.Add(clean);
    }

    public void Complete()
    {
        foreach (var waiting in _waiting)
            waiting.TrySetResult();
        _waiting.Clear();
    }

    /// <summary>Those who wait are told; the records stay to be tried again, since what they tell of has happened.</summary>
    public void Fail(Exception reason)
    {
        foreach (var waiting in _waiting)
            waiting.TrySetException(reason);
        _waiting.Clear();
    }
}
