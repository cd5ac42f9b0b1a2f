namespace Breakwater.Server.Tests.Matrix;

/// <summary>The machine's clock, set forward while a test runs. Its timers go on as they would.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + By;
}
