using System.Net;
using System.Net.Sockets;
using Breakwater.Server.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Tests.Hosting;

public sealed class PatientListenerFactoryTests
{
    private readonly LogLines<PatientListenerFactory> _log = new();

    [Fact]
    public async Task Accept_DescriptorsRunOut_TriesAgain()
    {
        var listener = await BindAsync(new SocketException((int)SocketError.TooManyOpenSockets), null);
        Assert.NotNull(await listener.AcceptAsync(TestContext.Current.CancellationToken));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Accept_OtherFailure_GoesOn()
    {
        var listener = await BindAsync(new SocketException((int)SocketError.AccessDenied));
        await Assert.ThrowsAsync<SocketException>(async () => await listener.AcceptAsync(TestContext.Current.CancellationToken));
    }

    private async Task<IConnectionListener> BindAsync(params Exception?[] outcomes) =>
        await new PatientListenerFactory(new Scripted(outcomes), TimeProvider.System, _log).BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);

    /// <summary>Fails or accepts as told.</summary>
    private sealed class Scripted(IEnumerable<Exception?> outcomes) : IConnectionListenerFactory, IConnectionListener
    {
        private readonly Queue<Exception?> _outcomes = new(outcomes);

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 0);

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => ValueTask.FromResult<IConnectionListener>(this);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            _outcomes.Dequeue() is { } failure ? ValueTask.FromException<ConnectionContext?>(failure) : ValueTask.FromResult<ConnectionContext?>(new DefaultConnectionContext());

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
