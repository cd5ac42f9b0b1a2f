using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.LoadHarness.Http;

/// <summary>Reads responses off a stream through one buffer. A body that ends early is an error.</summary>
internal sealed class ResponseReader(Stream stream, int bufferBytes)
{
    private readonly byte[] _buffer = new byte[bufferBytes];
    private int _start;
    private int _end;

    public HttpReply Read(BodyMode mode, bool isHead)
    {
        var headLength = FindHead();
        var headers = ReplyHeaders.Parse(_buffer.AsSpan(_start, headLength), out var status);
        _start += headLength + 4;
        if (headers.Close)
            throw new HarnessException($"The server closed a keep-alive connection (status {status}).");
        var captures = mode == BodyMode.Capture || status >= 400;
        using var kept = captures ? new MemoryStream() : null;
        using var hash = mode == BodyMode.Hash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var length = isHead ? 0 : ReadBody(headers, status, new BodySink(kept, hash));
        var digest = hash is null ? null : "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
        return new HttpReply(status, headers, length, kept?.ToArray() ?? [], digest);
    }

    private long ReadBody(ReplyHeaders headers, int status, BodySink sink)
    {
        if (headers.Chunked)
            return ReadChunks(sink);
        if (headers.ContentLength >= 0)
            ReadExactly(headers.ContentLength, sink);
        else if (status is not (204 or 304))
            throw new HarnessException($"A {status} answer has neither a length nor chunks.");
        return Math.Max(0, headers.ContentLength);
    }

    private long ReadChunks(BodySink sink)
    {
        long total = 0;
        while (true)
        {
            var size = long.Parse(ReadLine().Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            ReadExactly(size, sink);
            total += size;
            while (ReadLine().Length > 0 && size == 0)
            {
                // trailers
            }

            if (size == 0)
                return total;
        }
    }

    private void ReadExactly(long count, BodySink sink)
    {
        while (count > 0)
        {
            if (_start == _end)
                Fill();
            var take = (int)Math.Min(count, _end - _start);
            sink.Take(_buffer.AsSpan(_start, take));
            _start += take;
            count -= take;
        }
    }

    private int FindHead()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
            Fill();
        return length;
    }

    private string ReadLine()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
            Fill();
        var line = Encoding.ASCII.GetString(_buffer, _start, length);
        _start += length + 2;
        return line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = stream.Read(_buffer.AsSpan(_end));
        if (read == 0)
            throw new HarnessException("The server ended the connection inside a response.");
        _end += read;
    }
}
