using System.Diagnostics;
using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Measure;

/// <summary>
/// Runs one operation over and over on several blocking connections: first unmeasured until warm, then, after a barrier, measured. The
/// window ends with the last operation begun in it, so that long transfers are never cut or rounded.
/// </summary>
internal sealed class LoadLoop(LoadPlan plan, int serverPid, Func<RegistryClient> connect, Action<RegistryClient> operation)
{
    private const int StackBytes = 256 * 1024;
    private long _operations;
    private Exception? _failure;
    private long _startedAt;
    private double _serverCpu;
    private double _clientCpu;
    private double _busy;

    public Measurement Run(long bytesPerOperation)
    {
        using var barrier = new Barrier(plan.Connections, _ => Begin());
        var threads = Enumerable.Range(0, plan.Connections).Select(_ => new Thread(() => Work(barrier), StackBytes)).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (_failure is not null)
            throw new HarnessException(_failure is HarnessException ? _failure.Message : _failure.ToString());
        return Finish(bytesPerOperation);
    }

    private void Begin()
    {
        ProcStat.ResetPeak(serverPid);
        _serverCpu = ProcStat.CpuSeconds(serverPid);
        _clientCpu = ProcStat.CpuSeconds(Environment.ProcessId);
        _busy = ProcStat.BusySeconds();
        _startedAt = Stopwatch.GetTimestamp();
    }

    private Measurement Finish(long bytesPerOperation)
    {
        var seconds = Stopwatch.GetElapsedTime(_startedAt).TotalSeconds;
        var server = ProcStat.CpuSeconds(serverPid) - _serverCpu;
        var client = ProcStat.CpuSeconds(Environment.ProcessId) - _clientCpu;
        var foreign = Math.Max(0, ProcStat.BusySeconds() - _busy - server - client);
        return new Measurement(
            seconds, _operations, _operations * bytesPerOperation, server, client, foreign, ProcStat.PeakBytes(serverPid));
    }

    private void Work(Barrier barrier)
    {
        RegistryClient? client = null;
        try
        {
            client = connect();
            Repeat(client, plan.WarmUp, plan.WarmUpOperations);
        }
        catch (Exception e)
        {
            _failure ??= e;
        }

        barrier.SignalAndWait();
        if (_failure is null)
            Measure(client!);
        client?.Dispose();
    }

    private void Measure(RegistryClient client)
    {
        try
        {
            Interlocked.Add(ref _operations, Repeat(client, plan.Window, plan.Operations));
        }
        catch (Exception e)
        {
            _failure ??= e;
        }
    }

    /// <summary>Repeats for the time given, but a fixed number of times where there is one.</summary>
    private long Repeat(RegistryClient client, TimeSpan time, int? fixedCount)
    {
        var since = Stopwatch.GetTimestamp();
        long done = 0;
        while (_failure is null && (fixedCount is { } count ? done < count : Stopwatch.GetElapsedTime(since) < time))
        {
            operation(client);
            done++;
        }

        return done;
    }
}
