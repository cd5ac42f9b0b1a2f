using System.Text;

namespace Breakwater.LoadHarness.Http;

/// <summary>The few response headers that steer the client. Only those that need a string make one.</summary>
internal readonly record struct ReplyHeaders(
    long ContentLength, bool Chunked, bool Close, string? Location, string? Link, string? WwwAuthenticate)
{
    /// <summary>Parses a response head: the status line and the header lines, without the final empty line.</summary>
    public static ReplyHeaders Parse(ReadOnlySpan<byte> head, out int status)
    {
        // "HTTP/1.1 200 OK"
        status = ((head[9] - '0') * 100) + ((head[10] - '0') * 10) + (head[11] - '0');
        var headers = new ReplyHeaders(-1, false, false, null, null, null);
        var rest = head[(head.IndexOf("\r\n"u8) + 2)..];
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf("\r\n"u8);
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
                headers = headers.With(line[..colon], line[(colon + 1)..].Trim((byte)' '));
        }

        return headers;
    }

    private ReplyHeaders With(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length switch
    {
        14 when Is(name, "content-length") => this with { ContentLength = long.Parse(value, provider: null) },
        17 when Is(name, "transfer-encoding") => this with { Chunked = true },
        10 when Is(name, "connection") => this with { Close = Is(value, "close") },
        8 when Is(name, "location") => this with { Location = Encoding.ASCII.GetString(value) },
        4 when Is(name, "link") => this with { Link = Encoding.ASCII.GetString(value) },
        16 when Is(name, "www-authenticate") => this with { WwwAuthenticate = Encoding.ASCII.GetString(value) },
        _ => this,
    };

    private static bool Is(ReadOnlySpan<byte> value, string expected) => Ascii.EqualsIgnoreCase(value, expected);
}
