using Breakwater.Core.Access;
using Breakwater.Core.Imports;
using Breakwater.Core.Network;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Imports;

/// <summary>How long an import may take, how many run at once, and how long their outcomes are kept, at the edges.</summary>
public sealed class ImportRunnerTests : ImportTest
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly SteppedClock _clock = new();
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly RemoteClients _remote = new(new EgressGuard([]), null);
    private int _waiting;

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task Run_Duration_EndsAnImportThatTakesAsLong(int ticks, bool isDone)
    {
        using var runner = await StartAsync(new ImportLimits());
        _gate.Reset();
        var operation = await runner.StartAsync(Importing, Held());
        await WaitAsync(1);
        _clock.Advance(new ImportLimits().Duration + (ticks * Tick));
        _gate.Set();
        await operation.Ended;
        Assert.Equal(isDone ? null : ImportErrors.Canceled, operation.Failure?.Error);
        Assert.Equal(isDone, (await Here.Open.Manifests.FindAsync(Here.At("target"), ManifestReference.Parse("v1"))) is not null);
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(8, 2)]
    public async Task Start_AsManyAtOnceAsTheLimit_AndOneMoreIsRefusedUntilOneHasEnded(int running, int perRegistry)
    {
        using var runner = await StartAsync(new ImportLimits { Running = running, RunningPerRegistry = perRegistry });
        _gate.Reset();
        var first = await runner.StartAsync(Importing, Held());
        await WaitAsync(1);
        var second = await runner.StartAsync(Importing, Held());
        await WaitAsync(2);
        Assert.Equal(OciErrors.TooManyRequests, (await Assert.ThrowsAsync<OciException>(() => runner.StartAsync(Importing, Order() with { Force = true }))).Error);
        _gate.Set();
        await Task.WhenAll(first.Ended, second.Ended);
        Assert.Equal((null, null), (first.Failure, second.Failure));
        await (await runner.StartAsync(Importing, Held())).Ended;
    }

    [Fact]
    public async Task Find_Outcome_IsKeptForItsTimeAndNoLonger()
    {
        using var runner = await StartAsync(new ImportLimits());
        var operation = await runner.StartAsync(Importing, Held());
        await operation.Ended;
        _clock.Advance(new ImportLimits().KeepOutcome);
        Assert.Same(operation, runner.Find(Caller, operation.Name));
        _clock.Advance(Tick);
        Assert.Null(runner.Find(Caller, operation.Name));
    }

    [Fact]
    public async Task Find_MoreOutcomesThanAreKept_TheOldestIsGone()
    {
        using var runner = await StartAsync(new ImportLimits { Outcomes = 2 });
        var operations = new List<ImportOperation>();
        for (var i = 0; i < 3; i++)
        {
            operations.Add(await runner.StartAsync(Importing, Held()));
            await operations[i].Ended;
            _clock.Advance(Tick);
            if (i == 1)
                Assert.NotNull(runner.Find(Caller, operations[0].Name));
        }
        Assert.Equal([false, true, true], operations.Select(operation => runner.Find(Caller, operation.Name) is not null));
    }

    private Caller Caller => Directory.Find("owner")!.AsCaller;

    private async Task<ImportRunner> StartAsync(ImportLimits limits)
    {
        await SignUpAsync();
        await Here.PushImageAsync("source", "v1");
        return new ImportRunner(Stores, Here.Open.Database, _remote, Directory, Here.Open.Registries, Here.Open.Keys, new Bandwidth(_clock), Here.Open.Audit, limits, _clock);
    }

    /// <summary>Runs up to the gate: the third time that it asks for its way, after the two times before it is begun.</summary>
    private ImportOrder Held()
    {
        var asked = 0;
        return Order() with
        {
            Force = true,
            Reaches = _ =>
            {
                if (++asked == 3)
                {
                    Interlocked.Increment(ref _waiting);
                    Assert.True(_gate.Wait(TimeSpan.FromSeconds(30)));
                }
                return true;
            },
        };
    }

    private async Task WaitAsync(int count)
    {
        for (var i = 0; Volatile.Read(ref _waiting) < count && i < 1_000; i++)
            await Task.Delay(10, Cancellation);
        Assert.Equal(count, _waiting);
    }
}
