using System.Buffers;
using System.Net;
using Breakwater.Core.Network;
using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Network;

/// <summary>
/// Reads the PROXY header of connections from proxies that the operator named, before TLS. Such a connection must begin with one; from everybody else none is
/// looked for, so that a client's own is a malformed request.
/// </summary>
internal sealed class ProxyProtocol(IEnumerable<AddressRange> networks, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AddressSet _networks = AddressSet.Of(networks);

    public ConnectionDelegate Wrap(ConnectionDelegate next) => connection =>
        connection.RemoteEndPoint is IPEndPoint peer && _networks.Contains(peer.Address) ? ReadAsync(connection, peer, next) : next(connection);

    private async Task ReadAsync(ConnectionContext connection, IPEndPoint peer, ConnectionDelegate next)
    {
        if (await ReadAsync(connection) is not { } header)
        {
            connection.Abort(new ConnectionAbortedException("There is no PROXY header, version 2."));
            return;
        }
        if (header.Source is { } source)
        {
            connection.Features.Set(new ProxyAddress(peer.Address));
            connection.RemoteEndPoint = source;
        }
        await next(connection);
    }

    private async Task<ProxyHeader?> ReadAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(patience.Token);
                var found = TryParse(result.Buffer, out var header);
                if (found == true)
                {
                    input.AdvanceTo(result.Buffer.GetPosition(header.Length));
                    return header;
                }
                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                if (found == false || result.IsCompleted)
                    return null;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static bool? TryParse(ReadOnlySequence<byte> buffer, out ProxyHeader header)
    {
        if (buffer.IsSingleSegment)
            return ProxyHeader.TryParse(buffer.FirstSpan, out header);
        Span<byte> copy = stackalloc byte[(int)Math.Min(buffer.Length, ProxyHeader.MaxLength)];
        buffer.Slice(0, copy.Length).CopyTo(copy);
        return ProxyHeader.TryParse(copy, out header);
    }
}
