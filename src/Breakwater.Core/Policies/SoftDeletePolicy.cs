namespace Breakwater.Core.Policies;

/// <summary>Whether what is deleted can be restored for a time.</summary>
/// <param name="IsEnabled">Disabled, a deletion is final. What is in the bin already stays its time.</param>
/// <param name="Days">Between the deletion and its end: 1 to 90. They count for all that is in the bin, whenever it was deleted.</param>
/// <param name="UpdatedAt">When it was changed last; null: never.</param>
public sealed record SoftDeletePolicy(bool IsEnabled = false, int Days = SoftDeletePolicy.DefaultDays, DateTimeOffset? UpdatedAt = null)
{
    /// <summary>ACR's.</summary>
    public const int DefaultDays = 7, MinDays = 1, MaxDays = 90;

    public static readonly SoftDeletePolicy Disabled = new();
}
