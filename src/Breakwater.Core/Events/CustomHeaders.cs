using System.Buffers;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Events;

/// <summary>The headers that a webhook adds to what it sends.</summary>
internal static class CustomHeaders
{
    public const string OwnPrefix = "X-Breakwater-";

    private const int MaxCount = 20, MaxName = 128, MaxValue = 4096;

    /// <summary>RFC 9110, section 5.6.2: the characters of a token.</summary>
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>What belongs to the connection or to the body, and so to the sender.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect", "HTTP2-Settings",
        "Content-Length", "Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-Range", "Content-MD5", "Content-Disposition", "Allow", "Expires", "Last-Modified", "User-Agent",
    };

    /// <exception cref="InvalidValueException">One cannot be sent; the message names it and never its value.</exception>
    public static Dictionary<string, string> Require(IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count > MaxCount)
            throw new InvalidValueException($"A webhook has at most {MaxCount} custom headers, not {headers.Count}.");
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (name.Length is 0 or > MaxName || name.AsSpan().ContainsAnyExcept(Token))
                throw new InvalidValueException("A custom header's name has letters, digits and hyphens, at most 128.");
            if (Reserved.Contains(name) || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
                throw new InvalidValueException($"The custom header {name} is set by the server itself. Leave it out.");
            if (value is null || value.Length > MaxValue || value.Any(c => c is not '\t' and (< ' ' or > '~')))
                throw new InvalidValueException($"The value of the custom header {name} must have at most {MaxValue} printable ASCII characters.");
            if (!kept.TryAdd(name, value))
                throw new InvalidValueException($"The custom header {name} is given twice.");
        }
        return kept;
    }
}
