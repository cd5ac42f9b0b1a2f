namespace Breakwater.LoadHarness.Cases;

/// <summary>How a case's rate is written.</summary>
internal enum RateUnit
{
    /// <summary>Operations per second; more is better.</summary>
    PerSecond,

    /// <summary>10^6 content bytes per second; more is better.</summary>
    MegabytesPerSecond,

    /// <summary>Seconds for the whole; less is better.</summary>
    Seconds,
}
