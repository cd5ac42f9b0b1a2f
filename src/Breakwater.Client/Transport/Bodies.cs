using Breakwater.Client.Errors;

namespace Breakwater.Client.Transport;

/// <summary>Bodies of answers, whole and bounded.</summary>
internal static class Bodies
{
    /// <summary>Of JSON: a page of a list has at most a thousand entries.</summary>
    public const int MaxJson = 64 << 20;

    /// <exception cref="BreakwaterException">It is longer, or the connection broke.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer, int maxBytes, CancellationToken stop)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(maxBytes, stop);
            return await answer.Content.ReadAsByteArrayAsync(stop);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var server = answer.RequestMessage?.RequestUri?.Authority;
            throw new BreakwaterException(ErrorKind.Unreachable, $"The answer of {server} was cut off, or is longer than {maxBytes} bytes.", "Try again.", e);
        }
    }
}
