namespace Breakwater.Oci;

/// <summary>
/// The <c>Content-Range</c> of an upload's chunk: <c>first-last</c>, both included. Distribution specification, "Pushing a blob in chunks". The form of
/// RFC 9110 (<c>bytes first-last/total</c> or <c>/*</c>), which some clients send, is read too; a total must lie beyond the last byte.
/// </summary>
public static class ContentRange
{
    private const string Unit = "bytes ";

    public static bool TryParse(string? header, out long first, out long last)
    {
        if (TryRead(header, out first, out last))
            return true;
        first = last = 0;
        return false;
    }

    private static bool TryRead(ReadOnlySpan<char> header, out long first, out long last)
    {
        first = last = 0;
        var text = header.Trim(" \t");
        var total = long.MaxValue;
        if (text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            text = text[Unit.Length..].TrimStart(' ');
            var slash = text.IndexOf('/');
            if (slash >= 0 && text[(slash + 1)..] is not "*" && !Digits.TryParse(text[(slash + 1)..], out total))
                return false;
            if (slash >= 0)
                text = text[..slash];
        }

        var dash = text.IndexOf('-');
        return dash > 0
            && Digits.TryParse(text[..dash], out first)
            && Digits.TryParse(text[(dash + 1)..], out last)
            && first <= last
            && last < total;
    }
}
