using System.Globalization;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Usage;

/// <summary>Where a page ended: the last entry that was shown, by what the list is ordered by, and its name.</summary>
internal sealed record UsageCursor(long Key, string Name)
{
    public static readonly UsageCursor Start = new(long.MinValue, "");

    /// <exception cref="InvalidValueException">It is none of ours.</exception>
    public static UsageCursor Parse(string? text)
    {
        if (text is null)
            return Start;
        return text.Split(';', 2) is [var key, var name] && long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new UsageCursor(value, name)
            : throw new InvalidValueException("$skipToken is not valid. Follow nextLink, or begin anew without it.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key};{Name}");
}
