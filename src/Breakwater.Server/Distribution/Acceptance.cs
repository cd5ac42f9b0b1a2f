using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Distribution;

/// <summary>Whether a client takes a media type (RFC 9110 section 12.5.1). Several header lines count as one list.</summary>
internal static class Acceptance
{
    public static bool Takes(StringValues accept, string mediaType)
    {
        if (accept.Count == 0)
            return true;
        foreach (var line in accept)
        {
            if (TakesLine(line, mediaType))
                return true;
        }
        return false;
    }

    private static bool TakesLine(ReadOnlySpan<char> line, ReadOnlySpan<char> mediaType)
    {
        foreach (var range in line.Split(','))
        {
            var item = line[range];
            var parameters = item.IndexOf(';');
            var type = (parameters < 0 ? item : item[..parameters]).Trim();
            if (type.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || type is "*/*" || type.Equals("application/*", StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
