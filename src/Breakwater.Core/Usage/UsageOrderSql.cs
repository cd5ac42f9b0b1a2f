using Breakwater.Core.Identity;

namespace Breakwater.Core.Usage;

/// <summary>An order as SQL: by one number that always ascends (what is to descend is negated), and by name among equals.</summary>
/// <param name="Key">The number.</param>
/// <param name="After">What follows an entry, by the parameters <c>@Key</c> and <c>@Name</c>.</param>
/// <param name="By">Behind <c>ORDER BY</c>.</param>
internal sealed record UsageOrderSql(string Key, string After, string By)
{
    /// <summary>On <c>repository r</c>.</summary>
    public static UsageOrderSql OfRepositories(UsageQuery query) => Of(query, "r.name", query.Order switch
    {
        UsageOrder.Size => "r.size_bytes",
        UsageOrder.Unique => "r.size_bytes - r.shared_bytes",
        UsageOrder.Pulls => "r.pulls",
        UsageOrder.LastPull => "COALESCE(r.last_pulled_at, 0)",
        UsageOrder.LastPush => "COALESCE(r.last_pushed_at, 0)",
        _ => null,
    });

    /// <summary>On <c>tag t</c> with its pulls <c>p</c> and those of what it means, <c>q</c>.</summary>
    /// <exception cref="InvalidValueException">Tags have no such order.</exception>
    public static UsageOrderSql OfTags(UsageQuery query) => Of(query, "t.name", query.Order switch
    {
        UsageOrder.Pulls => "COALESCE(p.pulls, 0)",
        UsageOrder.LastPull => "MAX(COALESCE(p.last_pulled_at, 0), COALESCE(q.last_pulled_at, 0))",
        UsageOrder.LastPush => "COALESCE(t.pushed_at, t.updated_at)",
        UsageOrder.Name => null,
        _ => throw new InvalidValueException("Tags have no order of size. Order them by name, pullCount, lastPullTime or lastPushTime."),
    });

    // Names alone are in an index, as long as nothing else stands in the comparison.
    private static UsageOrderSql Of(UsageQuery query, string name, string? value)
    {
        if (value is null)
            return new UsageOrderSql("0", $"{name} > @Name", name);
        var key = query.Descending ? $"-({value})" : value;
        return new UsageOrderSql(key, $"({key}, {name}) > (@Key, @Name)", $"order_key, {name}");
    }
}
