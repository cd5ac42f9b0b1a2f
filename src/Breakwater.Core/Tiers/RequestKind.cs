namespace Breakwater.Core.Tiers;

/// <summary>What a request counts as: each kind has a limit of its own in <see cref="TierLimits"/>.</summary>
[Flags]
public enum RequestKind
{
    None = 0,
    Read = 1,
    Write = 2,
    Delete = 4,

    /// <summary>A list of referrers; comes with <see cref="Read"/>.</summary>
    Referrers = 8,
    Token = 16,
}
