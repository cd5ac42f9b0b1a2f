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
        last = 0;
        var text = header.AsSpan().Trim(" \t");
        if (text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            text = text[Unit.Length..].TrimStart(' ');

        var total = long.MaxValue;
        var slash = text.IndexOf('/');
        if (slash >= 0)
        {
            if (text[(slash + 1)..] is not "*" && !Digits.TryParse(text[(slash + 1)..], out total))
                return Fail(out first);
            text = text[..slash];
        }

        var dash = text.IndexOf('-');
        return dash > 0
            && Digits.TryParse(text[..dash], out first)
            && Digits.TryParse(text[(dash + 1)..], out last)
            && first <= last
            && last < total
            || Fail(out first);
    }

    private static bool Fail(out long first)
    {
        first = 0;
        return false;
    }
}
