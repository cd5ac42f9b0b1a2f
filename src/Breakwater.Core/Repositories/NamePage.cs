namespace Breakwater.Core.Repositories;

/// <summary>A page of names.</summary>
/// <param name="Json">JSON strings with commas between them; empty when there is no name.</param>
/// <param name="LastBeforeMore">The page's last name; null when no name follows it.</param>
public sealed record NamePage(ReadOnlyMemory<byte> Json, string? LastBeforeMore)
{
    public static NamePage Empty { get; } = new(ReadOnlyMemory<byte>.Empty, null);

    /// <summary>Up to so many names a query is cheaper than to keep the whole list in memory for them.</summary>
    internal const int LargestQueried = 1_000;
}
