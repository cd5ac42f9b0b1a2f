namespace Breakwater.Core.Policies;

/// <summary>Whether manifests that lost their last tag are removed after a time.</summary>
/// <param name="Days">Between the loss and the removal: 0 to 365.</param>
/// <param name="Since">When it was enabled; what lost its last tag before stays. Null: disabled.</param>
/// <param name="UpdatedAt">When it was changed last; null: never.</param>
public sealed record RetentionPolicy(int Days = RetentionPolicy.DefaultDays, DateTimeOffset? Since = null, DateTimeOffset? UpdatedAt = null)
{
    /// <summary>ACR's.</summary>
    public const int DefaultDays = 7, MaxDays = 365;

    public static readonly RetentionPolicy Disabled = new();

    public bool IsEnabled => Since is not null;
}
