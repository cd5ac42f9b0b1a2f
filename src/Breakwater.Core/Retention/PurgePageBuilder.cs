namespace Breakwater.Core.Retention;

/// <summary>A page on its way.</summary>
internal sealed class PurgePageBuilder(int limit, DateTimeOffset asOf)
{
    private readonly List<PurgedItem> _removed = [];
    private readonly List<KeptItem> _kept = [];

    /// <summary>Noted when the purge goes by pulls.</summary>
    public DateTimeOffset? CountedSince { get; set; }

    public int Room => limit - _removed.Count - _kept.Count;

    public void Add(PurgedItem item) => _removed.Add(item);

    public void Add(KeptItem item) => _kept.Add(item);

    /// <summary>Adds as many as there is room for.</summary>
    /// <returns>How many.</returns>
    public int AddKept(IEnumerable<KeptItem> items)
    {
        var before = _kept.Count;
        _kept.AddRange(items.Take(Room));
        return _kept.Count - before;
    }

    public PurgePage End(PurgeCursor? next) => new(_removed, _kept, asOf, next) { CountedSince = CountedSince };
}
