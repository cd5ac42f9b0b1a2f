namespace Breakwater.Oci;

/// <summary>The query parameters <c>n</c> and <c>last</c> of lists. Distribution specification, "Listing Tags".</summary>
public static class Paging
{
    /// <param name="n">The parameter's value; null when absent.</param>
    /// <param name="last">The parameter's value; null when absent, and an empty one counts as absent.</param>
    /// <exception cref="OciException"><see cref="OciErrors.PaginationNumberInvalid"/> when <paramref name="n"/> is not a whole number from 0 to 2^31-1.</exception>
    public static Page Parse(string? n, string? last)
    {
        var after = string.IsNullOrEmpty(last) ? null : last;
        if (n is null)
            return new Page(null, after);
        if (!Digits.TryParse(n, out var count) || count > int.MaxValue)
            throw new OciException(OciErrors.PaginationNumberInvalid);
        return new Page((int)count, after);
    }
}
