using Breakwater.Core.Identity;

namespace Breakwater.Core.Policies;

/// <summary>What is to change of a <see cref="RetentionPolicy"/>; null leaves a member as it is.</summary>
public sealed record RetentionChange(bool? Enabled = null, int? Days = null)
{
    /// <exception cref="InvalidValueException">So many days cannot be had.</exception>
    internal RetentionPolicy Apply(RetentionPolicy before, DateTimeOffset now)
    {
        if (Days is < 0 or > RetentionPolicy.MaxDays)
            throw new InvalidValueException($"properties.policies.retentionPolicy.days must be 0 to {RetentionPolicy.MaxDays}.");
        var after = before with
        {
            Days = Days ?? before.Days,
            // Enabled again, it begins anew: meanwhile tags were taken away without fear for what they meant.
            Since = (Enabled ?? before.IsEnabled) ? before.Since ?? now : null,
        };
        return after == before ? before : after with { UpdatedAt = now };
    }
}
