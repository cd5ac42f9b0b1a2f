using System.Globalization;
using System.Text.RegularExpressions;
using Breakwater.Core.Identity;
using Breakwater.Core.Retention;

namespace Breakwater.Server.Management;

/// <summary>What a purge is asked for. The members are named as the flags of <c>acr purge</c>.</summary>
/// <param name="Filters">REPOSITORY:TAG, two regular expressions.</param>
/// <param name="Ago">As <c>7d</c>, <c>1d12h</c> or <c>30m</c>; null: whatever its age.</param>
/// <param name="NotPulledFor">The same; null: whether it is pulled or not. <c>acr purge</c> has no such flag.</param>
/// <param name="AsOf">Of a dry run's answer; null: now.</param>
/// <param name="Continuation">Of the answer before.</param>
internal sealed partial record PurgeBody(IReadOnlyList<string?>? Filters, string? Ago, string? NotPulledFor, int? Keep, bool? Untagged, bool? IncludeLocked, bool? DryRun, DateTimeOffset? AsOf, string? Continuation)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <exception cref="InvalidValueException">A member cannot be used; the message names it.</exception>
    public PurgeRequest ToRequest() => new()
    {
        Filters = [.. (Filters ?? []).Take(PurgeFilter.MaxCount + 1).Select(filter => PurgeFilter.Parse(filter ?? ""))],
        Ago = Ago is null ? null : ParseTime("ago", Ago),
        NotPulledFor = NotPulledFor is null ? null : ParseTime("notPulledFor", NotPulledFor),
        Keep = Keep ?? 0,
        Untagged = Untagged ?? false,
        IncludeLocked = IncludeLocked ?? false,
        DryRun = DryRun ?? false,
        AsOf = AsOf,
        From = Continuation is null ? null : PurgeCursor.Parse(Continuation),
    };

    private static TimeSpan ParseTime(string member, string text)
    {
        if (text.Length == 0 || Form().Match(text) is not { Success: true } match)
            throw Invalid(member);
        var ago = Part("d") * TimeSpan.FromDays(1) + Part("h") * TimeSpan.FromHours(1) + Part("m") * TimeSpan.FromMinutes(1) + Part("s") * TimeSpan.FromSeconds(1);
        return ago <= Longest ? ago : throw Invalid(member);

        int Part(string unit) => match.Groups[unit] is { Success: true } number ? int.Parse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    private static InvalidValueException Invalid(string member) => new($"{member} must be a time like 7d, 1d12h, 90m or 0s, at most 3650d. Leave it out to look at everything, whatever its age.");

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,5})d)?(?:(?<h>[0-9]{1,5})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,8})s)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
