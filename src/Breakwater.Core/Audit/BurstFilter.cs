using System.Net;

namespace Breakwater.Core.Audit;

/// <summary>
/// Whoever guesses passwords must not be able to fill the log. Of equal refusals within a minute the first is recorded at once; the others
/// are counted and become one record at the minute's end.
/// </summary>
/// <remarks>Used by the log's writer alone.</remarks>
internal sealed class BurstFilter
{
    /// <summary>More kinds of refusals than this within a minute come from many sources at once; the rest is counted together.</summary>
    private const int MaxKinds = 1000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly Kind Others = new(null, null, null, 0, null);

    private readonly Dictionary<Kind, Burst> _bursts = [];

    /// <returns>False when it was counted instead.</returns>
    public bool Admit(AuditRecord record)
    {
        if (record.Status < 400)
            return true;
        var kind = new Kind(record.CallerIp, record.Identity, record.Operation, record.Status, record.Description);
        if (!_bursts.ContainsKey(kind) && _bursts.Count >= MaxKinds)
            kind = Others;
        if (!_bursts.TryGetValue(kind, out var burst))
        {
            _bursts.Add(kind, new Burst(record.Time + Window));
            return true;
        }
        burst.Last = kind == Others ? record with { CallerIp = null, PrincipalId = null, PrincipalKind = null, Identity = null, UserAgent = null } : record;
        burst.Count++;
        return false;
    }

    /// <summary>The counts of the bursts that are over.</summary>
    public IReadOnlyList<AuditRecord> Close(DateTimeOffset now)
    {
        List<AuditRecord> closed = [];
        foreach (var (kind, burst) in _bursts)
        {
            if (burst.Until > now)
                continue;
            _bursts.Remove(kind);
            if (burst.Last is { } last)
                closed.Add(last with { Count = burst.Count });
        }
        return closed;
    }

    private readonly record struct Kind(IPAddress? Source, string? Identity, string? Operation, int Status, string? Description);

    private sealed class Burst(DateTimeOffset until)
    {
        public DateTimeOffset Until => until;
        public AuditRecord? Last { get; set; }
        public long Count { get; set; }
    }
}
