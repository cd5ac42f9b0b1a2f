using System.Buffers;

namespace Breakwater.Oci;

/// <summary><c>token "/" token</c> of RFC 9110 sections 5.6.2 and 8.3.1.</summary>
internal static class MediaTypeGrammar
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    internal static bool IsEssence(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        return slash > 0
            && slash < text.Length - 1
            && !text[..slash].ContainsAnyExcept(Token)
            && !text[(slash + 1)..].ContainsAnyExcept(Token);
    }

    /// <summary>The text in lower case; the header itself when it already is just that, which is the usual case.</summary>
    internal static string ToLower(ReadOnlySpan<char> text, string header)
    {
        if (!text.ContainsAnyInRange('A', 'Z'))
            return text.Length == header.Length ? header : text.ToString();
        Span<char> lower = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        text.ToLowerInvariant(lower);
        return lower.ToString();
    }
}
