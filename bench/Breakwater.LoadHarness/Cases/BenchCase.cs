using Breakwater.LoadHarness.Measure;
using Breakwater.LoadHarness.Targets;

namespace Breakwater.LoadHarness.Cases;

/// <summary>One row of the result table.</summary>
internal abstract class BenchCase
{
    /// <summary>Words that <c>--case</c> matches, unique among all cases.</summary>
    public required string Name { get; init; }

    /// <summary>What the server holds beforehand.</summary>
    public DataSet DataSet { get; init; }

    /// <summary>Over TLS 1.3 instead of plain HTTP.</summary>
    public bool Tls { get; init; }

    /// <summary>Starts both servers on empty folders for this case alone: it writes much, or its memory is the result.</summary>
    public bool Alone { get; init; }

    /// <summary>Whether it writes content; then the disk is settled before each measurement.</summary>
    public bool Writes { get; init; }

    /// <summary>Upper bound of rounds for cases that are long in themselves; null for none.</summary>
    public int? MaxRounds { get; init; }

    /// <summary>Left out of <c>--quick</c>.</summary>
    public bool Long { get; init; }

    /// <summary>The ratio to the peer that the project wants; null for none.</summary>
    public double? Goal { get; init; }

    public required RateUnit Unit { get; init; }

    /// <summary>Puts the content there that the measurement reads; once per server and data folder.</summary>
    public virtual void Prepare(TargetSession session)
    {
    }

    public abstract Measurement Measure(TargetSession session, bool first, HarnessOptions options);
}
