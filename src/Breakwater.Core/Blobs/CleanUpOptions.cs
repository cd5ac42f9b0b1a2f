namespace Breakwater.Core.Blobs;

/// <summary>How long content stays that nothing refers to.</summary>
public sealed record CleanUpOptions
{
    /// <summary>From a blob's push, mount or discovery by a pusher. Default 24 hours: longer than any push.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Between a row's end and its file's. Default 15 minutes: longer than a reader needs from row to open file.</summary>
    public TimeSpan FileDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A lease is renewed on discovery at most this often, so that a push of known layers writes little: a twelfth of the lease, at most 10 minutes.</summary>
    public TimeSpan LeaseRenewal => TimeSpan.FromTicks(Math.Min(Lease.Ticks / 12, TimeSpan.FromMinutes(10).Ticks));
}
