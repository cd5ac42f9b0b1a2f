namespace Breakwater.Core.Identity;

/// <summary>How many failed logins a minute are answered; the next ones get 429 without a look at the password.</summary>
public sealed record LoginLimits
{
    /// <summary>Failures per minute of one source: an IPv4 address or an IPv6 /64. Default 10.</summary>
    public int PerSource { get; init; } = 10;

    /// <summary>
    /// Failures per minute of one user name, from all sources together. Default 20. Beyond it a source is still heard once a minute,
    /// so that nobody can lock a user out from afar.
    /// </summary>
    public int PerName { get; init; } = 20;

    /// <summary>Failures per minute of one user name from one source. Default 5.</summary>
    public int PerNameAndSource { get; init; } = 5;
}
