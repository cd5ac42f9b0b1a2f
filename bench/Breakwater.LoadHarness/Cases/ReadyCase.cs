using Breakwater.LoadHarness.Measure;
using Breakwater.LoadHarness.Targets;

namespace Breakwater.LoadHarness.Cases;

/// <summary>Seconds from the start of the process to its first answer on <c>/v2/</c>.</summary>
internal sealed class ReadyCase : BenchCase
{
    public override Measurement Measure(TargetSession session, bool first, HarnessOptions options)
    {
        var busy = ProcStat.BusySeconds();
        var client = ProcStat.CpuSeconds(Environment.ProcessId);
        var seconds = session.Restart().TotalSeconds;
        var server = ProcStat.CpuSeconds(session.Server.Pid);
        client = ProcStat.CpuSeconds(Environment.ProcessId) - client;
        var foreign = Math.Max(0, ProcStat.BusySeconds() - busy - server - client);
        return new Measurement(seconds, 1, 0, server, client, foreign, ProcStat.PeakBytes(session.Server.Pid));
    }
}
