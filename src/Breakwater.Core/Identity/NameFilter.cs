namespace Breakwater.Core.Identity;

/// <summary>Which names a list of the directory is narrowed to.</summary>
/// <param name="Exact">Only this one; null: all.</param>
/// <param name="Prefix">Only those that begin so, without regard to case; null: all.</param>
public sealed record NameFilter(string? Exact = null, string? Prefix = null)
{
    public static readonly NameFilter None = new();

    /// <summary>The condition on a column, with the parameters <c>@Exact</c> and <c>@Prefix</c>.</summary>
    internal static string On(string column, string? shown = null) =>
        $"(@Exact IS NULL OR {column} = @Exact) AND (@Prefix IS NULL OR substr({shown ?? column}, 1, length(@Prefix)) = @Prefix COLLATE NOCASE)";
}
