using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Breakwater.Testing.Registry;

/// <summary>A socket on which a test writes HTTP by hand, to stop in the middle of it.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection.socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }

    /// <summary>Sends the head of a request with the client's credentials.</summary>
    public Task SendHeadAsync(RegistryClient client, string method, string path, params string[] headers)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: {client.Address.Authority}\r\nAuthorization: {client.Authorization}\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        return SendAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
    }

    /// <summary>Reads until the other side closes or the limit passes.</summary>
    public async Task<string> ReadAsync(TimeSpan limit)
    {
        using var time = new CancellationTokenSource(limit);
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, time.Token)) > 0)
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test judges what has arrived.
        }
        return text.ToString();
    }

    /// <summary>Closes with a reset, as a client that was killed behind a firewall.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();
}
