using Breakwater.Core.Identity;

namespace Breakwater.Core.Usage;

/// <summary>Orders as one column of numbers that always ascends: what is to descend is negated.</summary>
internal static class UsageOrderSql
{
    /// <summary>On <c>repository r</c>.</summary>
    public static string OfRepositories(UsageQuery query) => Signed(query, query.Order switch
    {
        UsageOrder.Size => "r.size_bytes",
        UsageOrder.Unique => "r.size_bytes - r.shared_bytes",
        UsageOrder.Pulls => "r.pulls",
        UsageOrder.LastPull => "COALESCE(r.last_pulled_at, 0)",
        UsageOrder.LastPush => "COALESCE(r.last_pushed_at, 0)",
        _ => "0",
    });

    /// <summary>On <c>tag t</c> with its pulls <c>p</c> and those of what it means, <c>q</c>.</summary>
    /// <exception cref="InvalidValueException">Tags have no such order.</exception>
    public static string OfTags(UsageQuery query) => Signed(query, query.Order switch
    {
        UsageOrder.Pulls => "COALESCE(p.pulls, 0)",
        UsageOrder.LastPull => "MAX(COALESCE(p.last_pulled_at, 0), COALESCE(q.last_pulled_at, 0))",
        UsageOrder.LastPush => "COALESCE(t.pushed_at, t.updated_at)",
        UsageOrder.Name => "0",
        _ => throw new InvalidValueException("Tags have no order of size. Order them by name, pulls, lastPull or lastPush."),
    });

    private static string Signed(UsageQuery query, string value) => query.Descending ? $"-({value})" : value;
}
