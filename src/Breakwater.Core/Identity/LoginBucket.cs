namespace Breakwater.Core.Identity;

/// <summary>A token bucket: full at first, refilled evenly over a minute.</summary>
internal sealed class LoginBucket(int perMinute, long now)
{
    private double _tokens = perMinute;
    private long _refilledAt = now;

    /// <summary>When a token was last taken and not given back; null if never.</summary>
    public long? LastTaken { get; private set; }

    /// <summary>How long until a token is there, in milliseconds; zero if one is.</summary>
    public double WaitMilliseconds(long now)
    {
        _tokens = Math.Min(perMinute, _tokens + (double)perMinute * (now - _refilledAt) / LoginThrottle.MinuteMilliseconds);
        _refilledAt = now;
        return _tokens >= 1 ? 0 : (1 - _tokens) * LoginThrottle.MinuteMilliseconds / perMinute;
    }

    public void Take(long now)
    {
        // Below zero only by as much as a full bucket: a user that is attacked from everywhere recovers within two minutes.
        _tokens = Math.Max(-perMinute, _tokens - 1);
        LastTaken = now;
    }

    public void GiveBack(long? lastTaken)
    {
        _tokens = Math.Min(perMinute, _tokens + 1);
        LastTaken = lastTaken;
    }
}
