using Breakwater.Client.Errors;

namespace Breakwater.Cli.Running;

/// <summary>Ends of secrets.</summary>
internal static class Expiry
{
    /// <exception cref="BreakwaterException">Not at least one day, or beyond all calendars.</exception>
    public static DateTimeOffset? InDays(Invocation call, int? days, string flag) => days switch
    {
        null => null,
        >= 1 and <= 36_500 => call.Around.Clock.GetUtcNow().AddDays(days.Value),
        _ => throw new BreakwaterException(ErrorKind.Invalid, $"{flag} must be a number of days from 1 to 36500."),
    };
}
