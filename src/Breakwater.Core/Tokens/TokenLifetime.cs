using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>When a token is alive: with <see cref="TokenDefaults.ClockSkew"/> on either side, by the clock that everything else goes by.</summary>
internal static class TokenLifetime
{
    public static LifetimeValidator By(TimeProvider clock) => (notBefore, expires, _, _) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return (notBefore ?? DateTime.MinValue) <= now + TokenDefaults.ClockSkew && expires > now - TokenDefaults.ClockSkew;
    };
}
