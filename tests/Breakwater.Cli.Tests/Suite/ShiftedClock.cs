namespace Breakwater.Cli.Tests.Suite;

/// <summary>The machine's clock, set forward: what it says is past is over.</summary>
internal sealed class ShiftedClock(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
