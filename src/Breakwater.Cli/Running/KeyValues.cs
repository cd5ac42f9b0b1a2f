using Breakwater.Client.Errors;

namespace Breakwater.Cli.Running;

/// <summary>Words of the form KEY=VALUE.</summary>
internal static class KeyValues
{
    /// <exception cref="BreakwaterException">A word has no <c>=</c>, or a key comes twice.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string>? words, string flag)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var word in (words ?? []).Where(word => word.Length > 0))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !pairs.TryAdd(word[..at], word[(at + 1)..]))
                throw new BreakwaterException(ErrorKind.Invalid, at <= 0 ? $"{flag} has a word without KEY=." : $"{flag} has {word[..at]} twice.", "Write KEY=VALUE, each key once.");
        }
        return pairs;
    }
}
