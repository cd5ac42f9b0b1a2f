namespace Breakwater.Core.Events;

/// <summary>When an event is sent again.</summary>
/// <param name="random">From 0 to below 1: receivers that came back are not called by everything at once.</param>
internal sealed class RetrySchedule(EventOptions options, Func<double> random)
{
    // Beyond it the longest wait is reached in any case.
    private const int MaxDoublings = 20;

    /// <summary>Half of it is certain, half is chance.</summary>
    /// <param name="attempts">Made so far.</param>
    public TimeSpan After(int attempts)
    {
        var doubled = options.FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings));
        return (doubled < options.LongestRetry ? doubled : options.LongestRetry) * (0.5 + (random() / 2));
    }
}
