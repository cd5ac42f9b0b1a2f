namespace Breakwater.Core.Keys;

/// <summary>How closely key stores are watched.</summary>
public sealed record KeyWatchOptions
{
    /// <summary>Time between two questions whether keys may still be used. Default 30 s: a refusal counts within a minute, and so does its end.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two questions for new versions of keys. Default 5 minutes.</summary>
    public TimeSpan FollowInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long keys in memory are used while their store gives no answer. Default 30 minutes.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(30);
}
