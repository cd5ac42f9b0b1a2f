using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breakwater.Core.Events;

/// <summary>What of a request is secret, to be taken out of an answer that repeats it: as it was sent, and as JSON and addresses write it.</summary>
internal sealed class KnownSecrets
{
    public const string Hidden = "***";

    // Shorter values guard nothing, and stand in many texts by chance.
    private const int MinLength = 4;

    private readonly IReadOnlyList<string> _values;

    /// <param name="headers">Values of secret headers; of those with a scheme, what follows it is secret too.</param>
    public KnownSecrets(IEnumerable<string> headers, Uri target)
    {
        var user = Uri.UnescapeDataString(target.UserInfo);
        string[] values = [.. headers.SelectMany(value => new[] { value, value[(value.LastIndexOf(' ') + 1)..] }), target.UserInfo, user, .. user.Split(':', 2), target.PathAndQuery, target.Query];
        // The longest first: one value may be part of another.
        _values = [.. values.SelectMany(Forms).Where(form => form.Length >= MinLength).Distinct().OrderByDescending(form => form.Length)];
    }

    /// <param name="isCut">The text goes on where it was not read: a value may have begun at its end.</param>
    public string Hide(string text, bool isCut = false)
    {
        foreach (var value in _values)
            text = text.Replace(value, Hidden, StringComparison.Ordinal);
        return isCut && BegunAtTheEnd(text) is var begun and > 0 ? text[..^begun] + Hidden : text;
    }

    private int BegunAtTheEnd(string text)
    {
        var longest = 0;
        foreach (var value in _values)
        {
            var length = Math.Min(value.Length - 1, text.Length);
            while (length > longest && !text.AsSpan().EndsWith(value.AsSpan(0, length), StringComparison.Ordinal))
                length--;
            longest = Math.Max(longest, length);
        }
        return longest;
    }

    private static IEnumerable<string> Forms(string value) =>
        [value, JsonEncodedText.Encode(value).ToString(), JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), Uri.EscapeDataString(value)];
}
