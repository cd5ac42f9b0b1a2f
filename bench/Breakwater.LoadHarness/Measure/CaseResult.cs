using Breakwater.LoadHarness.Cases;

namespace Breakwater.LoadHarness.Measure;

/// <summary>All rounds of one case against one server, or why there are none.</summary>
internal sealed class CaseResult(BenchCase benchCase)
{
    private readonly List<Measurement> _rounds = [];

    public BenchCase Case => benchCase;

    public string? Failure { get; set; }

    public bool Measured => Failure is null && _rounds.Count > 0;

    /// <summary>The rate in the case's unit, median of the rounds.</summary>
    public double Rate => Median(RateOf);

    /// <summary>Largest minus smallest rate, as a part of the median.</summary>
    public double Spread => (_rounds.Max(RateOf) - _rounds.Min(RateOf)) / Rate;

    public double ServerBusy => Median(m => m.ServerCpuSeconds / m.Seconds);

    public double ClientBusy => Median(m => m.ClientCpuSeconds / m.Seconds);

    /// <summary>What others took of the two cores.</summary>
    public double Foreign => Median(m => m.ForeignCpuSeconds / (2 * m.Seconds));

    public double CpuSecondsPerGigabyte => Median(m => m.CpuSecondsPerGigabyte);

    public double CpuMicrosecondsPerOperation => Median(m => m.CpuMicrosecondsPerOperation);

    public double PeakMegabytes => _rounds.Max(m => m.PeakBytes) / 1e6;

    /// <summary>Rounds on a core that a neighbour had slowed, although the harness waited and repeated.</summary>
    public int SlowRounds => _rounds.Count(m => !CoreSpeed.IsFull(m.CoreSpeed));

    /// <summary>Median of the rounds' own ratios of rates to another server's: the two of a round are neighbours in time.</summary>
    public double RatioTo(CaseResult other) => Median([.. _rounds.Zip(other._rounds, (mine, theirs) => RateOf(mine) / RateOf(theirs))]);

    /// <summary>Each round's rate and, where the core was not at full speed, that speed.</summary>
    public string Rounds => string.Join(' ', _rounds.Select(m => CoreSpeed.IsFull(m.CoreSpeed) ? $"{RateOf(m):N1}" : $"{RateOf(m):N1}@{m.CoreSpeed:P0}"));

    /// <summary>Ratio of the best rounds: disturbances only ever make a round slower, so it is the steadier figure on a shared machine.</summary>
    public double BestRatioTo(CaseResult other) => Best / other.Best;

    private double Best => benchCase.Unit == RateUnit.Seconds ? _rounds.Min(RateOf) : _rounds.Max(RateOf);

    public void Add(Measurement round) => _rounds.Add(round);

    private double RateOf(Measurement m) => benchCase.Unit switch
    {
        RateUnit.MegabytesPerSecond => m.BytesPerSecond / 1e6,
        RateUnit.Seconds => m.Seconds,
        _ => m.OperationsPerSecond,
    };

    private double Median(Func<Measurement, double> of) => Median([.. _rounds.Select(of)]);

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
