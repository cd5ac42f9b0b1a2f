using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Hosting;

/// <summary>
/// Kestrel's own listeners, but an accept that fails for want of descriptors or memory is tried again. Kestrel takes any failure of an
/// accept for the end of its listener, and the process would run on deaf.
/// </summary>
internal sealed class PatientListenerFactory(IConnectionListenerFactory inner, TimeProvider time, ILogger<PatientListenerFactory> logger)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public bool CanBind(EndPoint endpoint) => inner is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new PatientListener(await inner.BindAsync(endpoint, cancellationToken), this);

    private static bool IsShortage(SocketException problem) =>
        problem.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.SystemNotReady
        // ENFILE and ENOMEM have no name of their own.
        || problem.NativeErrorCode is 23 or 12;

    [SuppressMessage("Reliability", "CA2213", Justification = "Kestrel disposes the listener through DisposeAsync.")]
    private sealed class PatientListener(IConnectionListener listener, PatientListenerFactory factory) : IConnectionListener
    {
        public EndPoint EndPoint => listener.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                try
                {
                    return await listener.AcceptAsync(cancellationToken);
                }
                catch (SocketException problem) when (IsShortage(problem))
                {
                    factory.LogShortage(problem);
                    await Task.Delay(Pause, factory.Time, cancellationToken);
                }
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => listener.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }

    private TimeProvider Time => time;

    private void LogShortage(SocketException problem) => logger.AcceptFailed(problem.Message);
}
