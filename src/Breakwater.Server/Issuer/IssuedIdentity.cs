using System.Security.Claims;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Breakwater.Server.Issuer;

/// <summary>What the issuer's tokens say about a principal. The names are Entra ID's.</summary>
/// <remarks>
/// <code>
/// sub oid    id of the principal                 tid    id of the installation           pv    version of the principal
/// idtyp      user or app                         ver    2.0
/// name preferred_username upn    of a user       appid azp    of a service principal, or the program that a user signed in with
/// bwk_not_after  when the proof ends that it was given for: a token of another issuer
/// sid        of a person's: the session                bwk_turn       in a refresh token: which one of the session it is
/// auth_time  when the password was given, in codes and refresh tokens
/// </code>
/// </remarks>
internal static class IssuedIdentity
{
    private const string AuthenticationType = "Breakwater";

    /// <param name="authenticatedAt">When it gave its password or secret.</param>
    public static ClaimsPrincipal Of(Principal principal, string clientId, RequestedScopes scopes, Guid tenantId, DateTimeOffset authenticatedAt)
    {
        var id = principal.Id.ToString("D");
        var identity = new ClaimsIdentity(AuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, id)
            .SetClaim(DirectoryTokenDefaults.ObjectId, id)
            .SetClaim(DirectoryTokenDefaults.TenantId, tenantId.ToString("D"))
            .SetClaim(DirectoryTokenDefaults.Version, principal.Version)
            .SetClaim("ver", "2.0")
            .SetClaim("idtyp", principal.Kind == PrincipalKind.User ? "user" : "app")
            .SetClaim("appid", clientId)
            .SetClaim("azp", clientId)
            .SetClaim(Claims.AuthenticationTime, authenticatedAt.ToUnixTimeSeconds());
        if (principal.Kind == PrincipalKind.User)
            identity.SetClaim(Claims.Name, principal.Name).SetClaim(Claims.PreferredUsername, principal.Name).SetClaim("upn", principal.Name);
        var result = new ClaimsPrincipal(identity);
        // Without a resource the token is for the program itself, and opens nothing here.
        result.SetScopes(scopes.All).SetResources(scopes.Resource ?? clientId).SetPresenters(clientId);
        result.SetDestinations(static claim => claim.Type == Claims.AuthenticationTime ? [Destinations.IdentityToken] : [Destinations.AccessToken, Destinations.IdentityToken]);
        return result;
    }

    /// <summary>The tokens end with the session, and its refresh token counts once.</summary>
    public static void Join(ClaimsPrincipal principal, SessionTurn turn)
    {
        principal.SetClaim(DirectoryTokenDefaults.SessionId, turn.SessionId.ToString("D")).SetClaim(DirectoryTokenDefaults.Turn, turn.Turn);
        foreach (var claim in principal.Claims.Where(claim => claim.Type == DirectoryTokenDefaults.SessionId))
            claim.SetDestinations(Destinations.AccessToken);
        foreach (var claim in principal.Claims.Where(claim => claim.Type == DirectoryTokenDefaults.Turn))
            claim.SetDestinations();
    }

    /// <summary>Of a refresh token; null for anything else.</summary>
    public static SessionTurn? TurnOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.GetClaim(DirectoryTokenDefaults.SessionId), out var session) && int.TryParse(principal.GetClaim(DirectoryTokenDefaults.Turn), out var turn)
            ? new SessionTurn(session, turn)
            : null;

    /// <summary>Neither the token nor what is bought with it lasts longer than the proof that it is given for.</summary>
    public static void Bound(ClaimsPrincipal principal, DateTimeOffset notAfter, DateTimeOffset now)
    {
        principal.SetClaim(DirectoryTokenDefaults.NotAfter, notAfter.ToUnixTimeSeconds());
        foreach (var claim in principal.Claims.Where(claim => claim.Type == DirectoryTokenDefaults.NotAfter))
            claim.SetDestinations(Destinations.AccessToken);
        var left = notAfter - now;
        principal.SetAccessTokenLifetime(left < DirectoryTokenDefaults.AccessLifetime ? left : DirectoryTokenDefaults.AccessLifetime);
    }
}
