using System.Text.RegularExpressions;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>
/// The part of <c>$filter</c> that Azure's tools send: comparisons with <c>eq</c>, of a member or of any of a list, and functions with one text
/// or none, joined by <c>and</c>.
/// Anything else is refused: a filter that is ignored answers another question.
/// </summary>
internal sealed partial class ODataFilter
{
    private const int MaxLength = 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="OciException"><c>InvalidFilter</c></exception>
    public static ODataFilter Parse(HttpContext context)
    {
        var filter = new ODataFilter();
        var text = (string?)context.Request.Query["$filter"];
        if (string.IsNullOrWhiteSpace(text))
            return filter;
        if (text.Length > MaxLength)
            throw new OciException(ManagementErrors.InvalidFilter);
        foreach (var term in And().Split(text))
            filter.Add(term);
        return filter;
    }

    /// <summary>What a member is compared with, or what a function is called with; null when the filter does not name it.</summary>
    public string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>Refuses what the caller does not know.</summary>
    public ODataFilter Allow(params ReadOnlySpan<string> names)
    {
        foreach (var name in _values.Keys)
        {
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new OciException(ManagementErrors.InvalidFilter, $"The filter names {name}, which is not supported here. Supported: {string.Join(", ", names!)}.");
        }
        return this;
    }

    private void Add(string term)
    {
        var match = Term().Match(term);
        if (!match.Success || !_values.TryAdd(match.Groups["name"].Value, match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal)))
            throw new OciException(ManagementErrors.InvalidFilter, "The filter is not supported. Use name eq 'text', joined by and.");
    }

    [GeneratedRegex(@"\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex(@"^\s*(?:(?<name>[A-Za-z]+)\s+eq\s+'(?<text>(?:[^']|'')*)'|(?<name>[A-Za-z]+)/any\((?<each>[a-z]+):\k<each>\s+eq\s+'(?<text>(?:[^']|'')*)'\)|(?<name>[A-Za-z]+)\(\s*(?:'(?<text>(?:[^']|'')*)')?\s*\))\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
