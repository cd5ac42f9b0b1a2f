using System.Net;
using System.Text;
using Breakwater.Core.Network;
using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Hosting;

/// <summary>The first thing a new connection meets: takes a place in the budget, or is closed before TLS and HTTP cost anything.</summary>
internal sealed class ConnectionGate(ConnectionBudget budget, ListenerFeature listener, bool plaintext, TimeProvider time, ILogger<ConnectionGate> logger)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private static readonly byte[] Busy = Encoding.ASCII.GetBytes(
        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {BusyBody.Length}\r\n\r\n{BusyBody}");

    private const string BusyBody = """{"errors":[{"code":"UNAVAILABLE","message":"All connections are in use. Try again soon."}]}""";

    private long _lastWarning = time.GetTimestamp() - time.TimestampFrequency * (long)BetweenWarnings.TotalSeconds;

    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        if (!budget.TryEnter())
        {
            await TurnAwayAsync(connection);
            return;
        }
        try
        {
            connection.Features.Set(listener);
            // A listener for both families names IPv4 clients as IPv6: everything behind compares addresses.
            if (connection.RemoteEndPoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped)
                connection.RemoteEndPoint = new IPEndPoint(AddressRange.Unmapped(mapped.Address), mapped.Port);
            await next(connection);
        }
        finally
        {
            budget.Leave();
        }
    };

    private async Task TurnAwayAsync(ConnectionContext connection)
    {
        WarnNowAndThen();
        if (plaintext)
            await connection.Transport.Output.WriteAsync(Busy);
        await connection.Transport.Output.CompleteAsync();
    }

    private void WarnNowAndThen()
    {
        var last = Interlocked.Read(ref _lastWarning);
        if (time.GetElapsedTime(last) >= BetweenWarnings && Interlocked.CompareExchange(ref _lastWarning, time.GetTimestamp(), last) == last)
            logger.ConnectionsShed(budget.Most, budget.Shed);
    }
}
