using Breakwater.Core.Access;
using Breakwater.Core.Identity;

namespace Breakwater.Server.Access;

/// <summary>Who a request comes from.</summary>
/// <param name="Caller">Set if and only if signed in.</param>
internal readonly record struct Authentication(AuthenticationStatus Status, Caller? Caller = null, TimeSpan RetryAfter = default)
{
    public static Authentication Of(SignInResult result) => result.Outcome switch
    {
        SignInOutcome.Accepted => new Authentication(AuthenticationStatus.SignedIn, result.Caller),
        SignInOutcome.TooMany => new Authentication(AuthenticationStatus.TooMany, RetryAfter: result.RetryAfter),
        _ => new Authentication(AuthenticationStatus.WrongPassword),
    };
}
