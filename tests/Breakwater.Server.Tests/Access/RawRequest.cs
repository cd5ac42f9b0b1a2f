using System.Net.Sockets;
using System.Text;

namespace Breakwater.Server.Tests.Access;

/// <summary>Sends request lines that no well-behaved client would.</summary>
internal static class RawRequest
{
    public static async Task<string> SendAsync(int port, string requestLine, string headers = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{requestLine}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public static int StatusOf(string answer) => int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
}
