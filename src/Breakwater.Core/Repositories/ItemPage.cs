namespace Breakwater.Core.Repositories;

/// <param name="HasMore">Whether items follow.</param>
public sealed record ItemPage<T>(IReadOnlyList<T> Items, bool HasMore)
{
    /// <param name="found">One more than the limit when there are more.</param>
    internal static ItemPage<T> Of(IReadOnlyList<T> found, int limit) => new([.. found.Take(limit)], found.Count > limit);
}
