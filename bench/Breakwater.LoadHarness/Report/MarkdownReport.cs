using System.Globalization;
using System.Text;
using Breakwater.LoadHarness.Cases;
using Breakwater.LoadHarness.Measure;
using Breakwater.LoadHarness.Targets;

namespace Breakwater.LoadHarness.Report;

/// <summary>The result as a Markdown table: one row per case, the columns of each server side by side, the ratio of the second to the first.</summary>
internal static class MarkdownReport
{
    private const double DisturbedFrom = 0.1;
    private const double UnsteadyFrom = 0.2;
    private const double ClientLimitFrom = 0.93;

    public static string Write(IReadOnlyList<RegistryTarget> targets, IReadOnlyList<IReadOnlyList<CaseResult>> rows)
    {
        var text = new StringBuilder();
        var pair = targets.Count == 2;
        text.Append("| case | unit |");
        foreach (var target in targets)
            text.Append(CultureInfo.InvariantCulture, $" {target.Name} |");
        text.Append(pair ? " ratio | of the best rounds | goal |" : "");
        foreach (var target in targets)
            text.Append(CultureInfo.InvariantCulture, $" CPU {target.Name} | busy | peak MB |");
        text.AppendLine(" remarks |");
        text.Append("|---|---|").Insert(text.Length, "--:|", (targets.Count * 4) + (pair ? 3 : 0)).AppendLine("---|");
        foreach (var row in rows)
            text.AppendLine(Row(row, pair));
        return text.ToString();
    }

    private static string Row(IReadOnlyList<CaseResult> row, bool pair)
    {
        var benchCase = row[0].Case;
        List<string> cells = [benchCase.Name, UnitName(benchCase.Unit), .. row.Select(r => r.Measured ? Figure(r.Rate) : "failed")];
        if (pair)
            cells.AddRange([Ratio(row, (a, b) => a.RatioTo(b)), Ratio(row, (a, b) => a.BestRatioTo(b)), benchCase.Goal is { } goal ? Invariant($"{goal}x") : ""]);
        foreach (var result in row)
            cells.AddRange(result.Measured ? [Cpu(result), Invariant($"{result.ServerBusy * 100:N0}%"), Invariant($"{result.PeakMegabytes:N0}")] : ["", "", ""]);
        cells.Add(string.Join("; ", row.Select(Remarks).Where(r => r.Length > 0)));
        return "| " + string.Join(" | ", cells) + " |";
    }

    private static string UnitName(RateUnit unit) => unit switch
    {
        RateUnit.MegabytesPerSecond => "MB/s",
        RateUnit.Seconds => "s",
        _ => "/s",
    };

    private static string Ratio(IReadOnlyList<CaseResult> row, Func<CaseResult, CaseResult, double> of)
    {
        if (!row.All(r => r.Measured))
            return "";
        var ratio = row[0].Case.Unit == RateUnit.Seconds ? of(row[0], row[1]) : of(row[1], row[0]);
        var met = row[0].Case.Goal is { } goal && ratio >= goal ? "**" : "";
        return Invariant($"{met}{Figure(ratio)}x{met}");
    }

    private static string Cpu(CaseResult result) => result.Case switch
    {
        LoadCase { BytesPerOperation: >= 1024 * 1024 } => Invariant($"{result.CpuSecondsPerGigabyte:N2} s/GB"),
        LoadCase => Invariant($"{result.CpuMicrosecondsPerOperation:N0} µs each"),
        _ => Invariant($"{result.CpuMicrosecondsPerOperation / 1e6:N2} s"),
    };

    private static string Remarks(CaseResult result)
    {
        if (!result.Measured)
            return result.Failure is { } failure ? failure[..Math.Min(80, failure.Length)].Replace('|', '/') : "";
        List<string> remarks = [];
        if (result.ClientBusy > ClientLimitFrom && result.ClientBusy > result.ServerBusy)
            remarks.Add("client-limited");
        if (result.Foreign > DisturbedFrom)
            remarks.Add(Invariant($"others used {result.Foreign * 100:N0}%"));
        if (result.SlowRounds > 0)
            remarks.Add(Invariant($"{result.SlowRounds} rounds on a slowed core"));
        if (result.Spread > UnsteadyFrom)
            remarks.Add(Invariant($"spread {result.Spread * 100:N0}%"));
        return string.Join(", ", remarks);
    }

    private static string Figure(double value) => value switch
    {
        >= 100 => Invariant($"{value:N0}"),
        >= 10 => Invariant($"{value:N1}"),
        _ => Invariant($"{value:N2}"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
