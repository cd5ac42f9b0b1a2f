using Breakwater.Core.Identity;

namespace Breakwater.Core.Policies;

/// <summary>What is to change of a <see cref="SoftDeletePolicy"/>; null leaves a member as it is.</summary>
public sealed record SoftDeleteChange(bool? Enabled = null, int? Days = null)
{
    /// <exception cref="InvalidValueException">So many days cannot be had.</exception>
    internal SoftDeletePolicy Apply(SoftDeletePolicy before, DateTimeOffset now)
    {
        if (Days is < SoftDeletePolicy.MinDays or > SoftDeletePolicy.MaxDays)
            throw new InvalidValueException($"properties.policies.softDeletePolicy.retentionDays must be {SoftDeletePolicy.MinDays} to {SoftDeletePolicy.MaxDays}.");
        var after = before with { IsEnabled = Enabled ?? before.IsEnabled, Days = Days ?? before.Days };
        return after == before ? before : after with { UpdatedAt = now };
    }
}
