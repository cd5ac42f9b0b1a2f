using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Breakwater.Core.Identity;

/// <summary>
/// What claims of a token must be, in the form of Graph's <c>claimsMatchingExpression</c>: <c>claims['repository_id'] eq '123' and claims['ref'] eq
/// 'refs/heads/main'</c>. Every claim must be there and equal, letter by letter.
/// </summary>
/// <remarks>https://learn.microsoft.com/graph/api/resources/federatedidentitycredential</remarks>
public sealed partial class ClaimsExpression
{
    private const int MaxLength = 2048;

    private readonly ImmutableArray<(string Claim, string Value)> _terms;

    private ClaimsExpression(ImmutableArray<(string Claim, string Value)> terms) => _terms = terms;

    /// <returns>Null when the text is not of that form.</returns>
    public static ClaimsExpression? TryParse(string text)
    {
        if (text.Length > MaxLength || !Form().IsMatch(text))
            return null;
        return new ClaimsExpression([.. Term().Matches(text).Select(term => (term.Groups["claim"].Value, term.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal)))]);
    }

    /// <param name="claim">The value of a claim as text; null when the token lacks it or it is no single value.</param>
    public bool Matches(Func<string, string?> claim)
    {
        foreach (var (name, value) in _terms)
        {
            if (claim(name) is not { } actual || !actual.Equals(value, StringComparison.Ordinal))
                return false;
        }
        return true;
    }

    private const string TermPattern = @"claims\['(?<claim>[A-Za-z0-9_./:-]{1,128})'\]\s+eq\s+'(?<value>(?:[^']|'')*)'";

    [GeneratedRegex(TermPattern, RegexOptions.CultureInvariant)]
    private static partial Regex Term();

    [GeneratedRegex(@"^\s*" + TermPattern + @"(?:\s+and\s+" + TermPattern + @")*\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
