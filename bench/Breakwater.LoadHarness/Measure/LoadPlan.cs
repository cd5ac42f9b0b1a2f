namespace Breakwater.LoadHarness.Measure;

/// <summary>How long and how wide one measurement is.</summary>
/// <param name="Connections">Connections, one thread each.</param>
/// <param name="WarmUp">Unmeasured time before the window.</param>
/// <param name="WarmUpOperations">Operations per connection instead of a warm-up time; null for time.</param>
/// <param name="Window">Measured time; operations begun in it are finished and counted.</param>
/// <param name="Operations">Operations per connection instead of a window; null for time.</param>
internal sealed record LoadPlan(int Connections, TimeSpan WarmUp, int? WarmUpOperations, TimeSpan Window, int? Operations);
