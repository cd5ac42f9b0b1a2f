using System.Text.RegularExpressions;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Retention;

/// <summary>
/// Which tags of which repositories a purge is about: <c>REPOSITORY:TAG</c>, two regular expressions as <c>acr purge</c> has them. The first must match
/// the whole name, the second some part of the tag.
/// </summary>
/// <remarks>Matching takes time in proportion to the name and never more: there are no lookarounds and no backreferences, as with RE2.</remarks>
public sealed class PurgeFilter
{
    /// <summary>Filters of a purge, and characters of each.</summary>
    public const int MaxCount = 20, MaxLength = 512;

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Regex _repository, _tag;

    private PurgeFilter(string text, Regex repository, Regex tag) => (Text, _repository, _tag) = (text, repository, tag);

    public string Text { get; }

    /// <exception cref="InvalidValueException">It is none; the message says why.</exception>
    public static PurgeFilter Parse(string text)
    {
        if (text.Length > MaxLength)
            throw new InvalidValueException($"A filter has at most {MaxLength} characters.");
        var colon = FindColon(text);
        if (colon <= 0 || colon == text.Length - 1)
            throw new InvalidValueException($"The filter '{text}' is not of the form REPOSITORY:TAG, with one colon outside of brackets. For all tags of a repository write NAME:.*");
        return new PurgeFilter(text, Compile(text, $@"\A(?:{text[..colon]})\z"), Compile(text, text[(colon + 1)..]));
    }

    /// <exception cref="InvalidValueException">Matching takes too long.</exception>
    public bool CoversRepository(string name) => IsMatch(_repository, name);

    /// <exception cref="InvalidValueException">Matching takes too long.</exception>
    public bool CoversTag(string name) => IsMatch(_tag, name);

    private bool IsMatch(Regex expression, string name)
    {
        try
        {
            return expression.IsMatch(name);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new InvalidValueException($"The filter '{Text}' takes too long to match. Make it simpler.");
        }
    }

    private static Regex Compile(string filter, string expression)
    {
        try
        {
            return new Regex(expression, Options, MatchTimeout);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new InvalidValueException($"The filter '{filter}' has an expression that cannot be used: {e.Message}");
        }
    }

    // Expressions have colons of their own: (?:a|b), [[:alpha:]], \:.
    private static int FindColon(string text)
    {
        var (found, depth, inClass) = (-1, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\': i++; break;
                case '[': inClass = true; break;
                case ']': inClass = false; break;
                case '(' when !inClass: depth++; break;
                case ')' when !inClass:
                    // Unbalanced, it would end the group that makes the expression match the whole name.
                    if (--depth < 0)
                        return -1;
                    break;
                case ':' when !inClass && depth == 0:
                    if (found >= 0)
                        return -1;
                    found = i;
                    break;
            }
        }
        return found;
    }
}
