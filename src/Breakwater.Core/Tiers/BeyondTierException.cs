namespace Breakwater.Core.Tiers;

/// <summary>The registry's tier does not have what was asked for, or not so much of it. Nothing was changed.</summary>
/// <param name="isQuota">Whether there is too much of something; otherwise the tier lacks it altogether.</param>
/// <param name="message">For whoever asked: what, how much there may be, and which tier has it.</param>
public sealed class BeyondTierException(bool isQuota, string message) : Exception(message)
{
    public bool IsQuota { get; } = isQuota;
}
