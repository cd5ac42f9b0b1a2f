using System.Runtime.InteropServices;
using Breakwater.LoadHarness.Cases;
using Breakwater.LoadHarness.Targets;

namespace Breakwater.LoadHarness.Measure;

/// <summary>
/// Takes the cases group by group (one pair of servers each) and measures every case in rounds, A B, B A, A B, so that a drift of the
/// machine meets both alike. The server whose turn it is not is stopped.
/// </summary>
internal sealed partial class Runner(IReadOnlyList<RegistryTarget> targets, HarnessOptions options)
{
    private const int Attempts = 3;
    private readonly CoreSpeed _coreSpeed = new(options);
    private readonly WarmMemory _memory = new(options);

    public IReadOnlyList<IReadOnlyList<CaseResult>> Run(IReadOnlyList<BenchCase> cases)
    {
        var results = cases.ToDictionary(c => c, c => (IReadOnlyList<CaseResult>)[.. targets.Select(_ => new CaseResult(c))]);
        foreach (var group in cases.GroupBy(c => (c.DataSet, c.Tls, c.Alone ? c.Name : "")))
            RunGroup([.. group], group.Key.DataSet, group.Key.Tls, results);
        return [.. cases.Select(c => results[c])];
    }

    private void RunGroup(
        List<BenchCase> cases, DataSet dataSet, bool tls, Dictionary<BenchCase, IReadOnlyList<CaseResult>> results)
    {
        var sessions = new TargetSession?[targets.Count];
        try
        {
            for (var i = 0; i < sessions.Length; i++)
                sessions[i] = Open(i, cases, dataSet, tls, results);
            foreach (var benchCase in cases)
                RunCase(benchCase, sessions, results[benchCase]);
        }
        finally
        {
            foreach (var session in sessions)
                session?.Dispose();
        }
    }

    private TargetSession? Open(
        int index, List<BenchCase> cases, DataSet dataSet, bool tls, Dictionary<BenchCase, IReadOnlyList<CaseResult>> results)
    {
        try
        {
            if (dataSet != DataSet.Empty)
                Console.Error.WriteLine($"{targets[index].Name}: preparing {dataSet}");
            var session = TargetSession.Open(targets[index], dataSet, tls, options);
            session.Server.Freeze();
            return session;
        }
        catch (Exception e) when (e is HarnessException or IOException)
        {
            cases.ForEach(c => Fail(results[c][index], index, e));
            return null;
        }
    }

    private void RunCase(BenchCase benchCase, TargetSession?[] sessions, IReadOnlyList<CaseResult> results)
    {
        for (var i = 0; i < sessions.Length; i++)
            Guarded(i, sessions[i], results[i], session => benchCase.Prepare(session));
        for (var round = 0; round < Math.Min(options.Rounds, benchCase.MaxRounds ?? int.MaxValue); round++)
        {
            for (var turn = 0; turn < sessions.Length; turn++)
            {
                var i = round % 2 == 0 ? turn : sessions.Length - 1 - turn;
                var first = round == 0;
                if (sessions[i] is { } session)
                    MeasureRound(benchCase, i, session, results[i], first);
            }
        }

        Console.Error.WriteLine(benchCase.Name + ": " + string.Join(" | ", results.Select(Summary)));
    }

    /// <summary>One round, repeated while a neighbour slowed the core in it.</summary>
    private void MeasureRound(BenchCase benchCase, int index, TargetSession session, CaseResult result, bool first)
    {
        Measurement? round = null;
        for (var attempt = 0; attempt < (benchCase.MaxRounds is null ? Attempts : 1) && (round is null || !CoreSpeed.IsFull(round.CoreSpeed)); attempt++)
        {
            if (benchCase.Writes)
            {
                SyncDisks();
                _memory.Fill();
            }
            var before = _coreSpeed.WaitForFull();
            Guarded(index, session, result, s => round = benchCase.Measure(s, first, options));
            if (round is null)
                return;
            round = round with { CoreSpeed = Math.Min(before, _coreSpeed.Now()) };
        }

        result.Add(round!);
    }

    private void Guarded(int index, TargetSession? session, CaseResult result, Action<TargetSession> action)
    {
        if (session is null || result.Failure is not null)
            return;
        session.Server.Thaw();
        try
        {
            action(session);
        }
        catch (Exception e) when (e is HarnessException or IOException or System.Net.Sockets.SocketException)
        {
            Fail(result, index, e);
        }
        finally
        {
            session.Server.Freeze();
        }
    }

    private void Fail(CaseResult result, int index, Exception e)
    {
        result.Failure = e.Message.ReplaceLineEndings(" ");
        Console.Error.WriteLine($"{result.Case.Name}: {targets[index].Name} failed: {e.Message}");
    }

    private static string Summary(CaseResult r) => r.Measured
        ? $"{r.Rate:N1} ({r.Rounds}; server {r.ServerBusy:P0}, client {r.ClientBusy:P0}, others {r.Foreign:P0}, slowed rounds {r.SlowRounds}, peak {r.PeakMegabytes:N0} MB)"
        : "failed";

    [LibraryImport("libc", EntryPoint = "sync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SyncDisks();
}
