using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Hosting;

/// <summary>The first thing a new connection meets: takes a place in the budget, or is closed before TLS and HTTP cost anything.</summary>
internal sealed class ConnectionGate(ConnectionBudget budget, ListenerKind kind, bool plaintext, TimeProvider time, ILogger<ConnectionGate> logger)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private static readonly ReadOnlyMemory<byte> Busy =
        """
        HTTP/1.1 503 Service Unavailable
        Connection: close
        Retry-After: 1
        Content-Type: application/json
        Content-Length: 80

        {"errors":[{"code":"UNAVAILABLE","message":"too many connections, retry soon"}]}
        """u8.ToArray().AsSpan().ToArray();

    private readonly ListenerFeature _feature = new(kind);
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
            connection.Features.Set(_feature);
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
