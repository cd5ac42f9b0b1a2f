using System.Text.RegularExpressions;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>
/// The part of <c>$filter</c> that Azure's tools send: comparisons with <c>eq</c>, of a member or of any of a list, <c>startswith</c>, and functions
/// with one text or none, joined by <c>and</c>.
/// Anything else is refused: a filter that is ignored answers another question.
/// </summary>
internal sealed partial class ODataFilter
{
    private const int MaxLength = 1024;

    // What stands before the member's name, so that nobody takes a prefix for a whole value.
    private const string Prefixed = "startswith ";

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

    /// <summary>What a member begins with; null when the filter does not say. To be allowed by <see cref="PrefixOf"/>.</summary>
    public string? Prefix(string name) => _values.GetValueOrDefault(PrefixOf(name));

    /// <summary>What <see cref="Allow"/> takes for <c>startswith(name,'text')</c>.</summary>
    public static string PrefixOf(string name) => Prefixed + name;

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
        var name = match.Groups["prefixed"] is { Success: true } prefixed ? PrefixOf(prefixed.Value) : match.Groups["name"].Value;
        if (!match.Success || !_values.TryAdd(name, match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal)))
            throw new OciException(ManagementErrors.InvalidFilter, "The filter is not supported. Use name eq 'text', joined by and.");
    }

    [GeneratedRegex(@"\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex(@"^\s*(?:(?<name>[A-Za-z]+)\s+eq\s+'(?<text>(?:[^']|'')*)'|(?<name>[A-Za-z]+)/any\((?<each>[a-z]+):\k<each>\s+eq\s+'(?<text>(?:[^']|'')*)'\)|startswith\(\s*(?<prefixed>[A-Za-z]+)\s*,\s*'(?<text>(?:[^']|'')*)'\s*\)|(?<name>[A-Za-z]+)\(\s*(?:'(?<text>(?:[^']|'')*)')?\s*\))\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
