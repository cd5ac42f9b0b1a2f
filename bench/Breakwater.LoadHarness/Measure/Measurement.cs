namespace Breakwater.LoadHarness.Measure;

/// <summary>One timed window against one server.</summary>
/// <param name="Seconds">From the common start to the end of the last operation; every operation counted is complete.</param>
/// <param name="Operations">Operations completed in the window.</param>
/// <param name="Bytes">Content bytes moved, without headers.</param>
/// <param name="ServerCpuSeconds">User and system time of the server in the window.</param>
/// <param name="ClientCpuSeconds">The same of the client: near <see cref="Seconds"/> means that the client was the limit.</param>
/// <param name="ForeignCpuSeconds">What the two cores spent on anything else: much of it voids the measurement.</param>
/// <param name="PeakBytes">The server's peak resident set.</param>
internal sealed record Measurement(
    double Seconds, long Operations, long Bytes, double ServerCpuSeconds, double ClientCpuSeconds, double ForeignCpuSeconds, long PeakBytes)
{
    /// <summary>Speed of core 0 around the window, as a part of the best ever seen; the lower of before and after.</summary>
    public double CoreSpeed { get; init; } = 1;

    public double OperationsPerSecond => Operations / Seconds;

    public double BytesPerSecond => Bytes / Seconds;

    public double CpuSecondsPerGigabyte => ServerCpuSeconds / (Bytes / 1e9);

    public double CpuMicrosecondsPerOperation => ServerCpuSeconds / Operations * 1e6;
}
