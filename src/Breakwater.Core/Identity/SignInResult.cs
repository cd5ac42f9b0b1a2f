using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <param name="Caller">Set when accepted.</param>
/// <param name="RetryAfter">When to come back, if there were too many.</param>
public readonly record struct SignInResult(SignInOutcome Outcome, Caller? Caller = null, TimeSpan RetryAfter = default);
