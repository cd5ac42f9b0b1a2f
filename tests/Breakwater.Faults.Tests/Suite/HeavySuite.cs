using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Suite;

/// <summary>Keeps this suite and the end-to-end suite from running at the same time.</summary>
public sealed class HeavySuite : IAsyncLifetime
{
    private MachineLock? turn;

    public async ValueTask InitializeAsync() => turn = await MachineLock.TakeAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        turn?.Dispose();
        return ValueTask.CompletedTask;
    }
}
