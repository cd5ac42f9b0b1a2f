namespace Breakwater.Core.Identity;

/// <summary>A part of a list that is read in pieces, each from where the one before ended.</summary>
/// <param name="Next">What to go on after; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <param name="read">At most one more than the page takes.</param>
    internal static Page<T> Of<TRow>(IReadOnlyList<TRow> read, int limit, Func<TRow, string> keyOf, Func<TRow, T?> convert) => new(
        [.. read.Take(limit).Select(convert).OfType<T>()], read.Count > limit ? keyOf(read[limit - 1]) : null);
}
