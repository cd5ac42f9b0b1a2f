using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>Names repositories, which need not exist: one name, <c>*</c> for all, or <c>prefix/*</c> for those below a prefix.</summary>
public static class RepositoryPattern
{
    public const string Everything = "*";

    private const string Below = "/*";

    public static bool IsValid(string pattern) =>
        pattern == Everything || RepositoryName.TryParse(pattern.EndsWith(Below, StringComparison.Ordinal) ? pattern[..^Below.Length] : pattern, out _);

    public static bool Covers(string pattern, RepositoryName repository) =>
        pattern == Everything
        || pattern == repository.Value
        || (pattern.EndsWith(Below, StringComparison.Ordinal) && repository.Value.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal));
}
