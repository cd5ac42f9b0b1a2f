namespace Breakwater.Core.Identity;

/// <summary>An attempt that was let through and counts as a failure until it is given back.</summary>
internal sealed record LoginAttempt(LoginBucket Source, LoginBucket Name, LoginBucket Pair, long? PairLastTaken);
