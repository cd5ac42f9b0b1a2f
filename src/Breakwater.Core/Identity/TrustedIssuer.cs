using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Identity;

/// <summary>Another OpenID Connect issuer whose tokens are believed.</summary>
/// <param name="Issuer">Exactly as the tokens' <c>iss</c> has it.</param>
/// <param name="Keys">Its keys now; none while they cannot be had.</param>
/// <param name="Refresh">Asks it for its keys anew, when a token names one that is not among them; not more often than the source allows.</param>
public sealed record TrustedIssuer(string Issuer, Func<CancellationToken, Task<IReadOnlyCollection<SecurityKey>>> Keys, Action Refresh);
