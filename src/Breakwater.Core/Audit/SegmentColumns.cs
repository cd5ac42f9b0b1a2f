namespace Breakwater.Core.Audit;

/// <summary>What a query knows of a segment without looking into it. It repeats what is inside, so verification compares the two.</summary>
/// <param name="MinTime">In ms.</param>
/// <param name="Categories">A bit for each category, the lowest for the first.</param>
internal readonly record struct SegmentColumns(long MinTime, long MaxTime, long Categories)
{
    /// <summary>Of no records.</summary>
    public static readonly SegmentColumns None = new(long.MaxValue, long.MinValue, 0);

    public static long Bit(AuditCategory category) => 1L << (int)category;

    public SegmentColumns With(long time, AuditCategory category) =>
        new(Math.Min(MinTime, time), Math.Max(MaxTime, time), Categories | Bit(category));
}
