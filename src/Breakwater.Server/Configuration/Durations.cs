using System.Globalization;

namespace Breakwater.Server.Configuration;

/// <summary>Durations as people write them: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>24h</c>, <c>7d</c>, or <c>00:00:30</c>.</summary>
internal static class Durations
{
    /// <summary>Longer ones overflow timers and help nobody.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        // ms before m and s, since the first that fits is taken.
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <exception cref="FormatException">It is no duration, negative or longer than ten years.</exception>
    public static TimeSpan Parse(string text)
    {
        var duration = ParseUnit(text)
            ?? (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var clock) && text.Contains(':')
                ? clock
                : throw new FormatException("This is not a duration."));
        return duration >= TimeSpan.Zero && duration <= Longest ? duration : throw new FormatException("This is out of range (0 to 3650d).");
    }

    /// <exception cref="FormatException">It is no duration, zero, negative or longer than ten years.</exception>
    public static TimeSpan ParsePositive(string text) =>
        Parse(text) is var duration && duration > TimeSpan.Zero ? duration : throw new FormatException("This must be longer than zero.");

    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0s";
        var (unit, length) = Units.Last(candidate => duration.Ticks % candidate.Length.Ticks == 0 || candidate.Unit == "ms");
        return (duration.Ticks / length.Ticks).ToString(CultureInfo.InvariantCulture) + unit;
    }

    private static TimeSpan? ParseUnit(string text)
    {
        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return count > Longest.Ticks / length.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)(count * length.Ticks));
            }
        }
        return null;
    }
}
