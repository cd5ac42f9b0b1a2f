using System.Text;

namespace Breakwater.LoadHarness.Targets;

/// <summary>Reads requests with Content-Length bodies off one connection.</summary>
internal sealed class NullRequestReader(Stream stream)
{
    private const int KeptBytes = 64 * 1024;
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next request, or null when the client has closed.</summary>
    public NullRequest? Next()
    {
        int headLength;
        while ((headLength = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!Fill())
                return null;
        }

        var head = Encoding.ASCII.GetString(_buffer, _start, headLength);
        _start += headLength + 4;
        var words = head.Split(' ', 3);
        var length = LengthOf(head);
        return new NullRequest(words[0], words[1], ReadBody(length), length);
    }

    private static long LengthOf(string head)
    {
        const string Name = "Content-Length: ";
        var at = head.IndexOf(Name, StringComparison.Ordinal);
        if (at < 0)
            return 0;
        var end = head.IndexOf('\r', at);
        return long.Parse(end < 0 ? head[(at + Name.Length)..] : head[(at + Name.Length)..end], provider: null);
    }

    private byte[] ReadBody(long length)
    {
        using var kept = new MemoryStream();
        for (var left = length; left > 0;)
        {
            if (_start == _end && !Fill())
                throw new IOException("The client left inside a body.");
            var take = (int)Math.Min(left, _end - _start);
            if (length <= KeptBytes)
                kept.Write(_buffer, _start, take);
            _start += take;
            left -= take;
        }

        return kept.ToArray();
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
