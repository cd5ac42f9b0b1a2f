using System.Security.Claims;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Tokens;
using Microsoft.AspNetCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace Breakwater.Server.Issuer;

/// <summary>Answers the token endpoint: one way for each grant, all of which end in the directory's present entry of the principal.</summary>
internal sealed class TokenGrants(IssuerSignIn signIn, UsedTokens used, DirectoryTokens tokens, TimeProvider clock)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var request = context.Request;
        if (request.IsClientCredentialsGrantType())
            AnswerClient(context, SignedInClient.Find(context.Transaction)!);
        else if (request.IsPasswordGrantType())
            await AnswerPasswordAsync(context);
        else if (request.IsAuthorizationCodeGrantType() || request.IsRefreshTokenGrantType() || request.IsDeviceCodeGrantType())
            await AnswerEarlierSignInAsync(context);
        else
            context.Reject(OAuthErrors.UnsupportedGrantType);
    }

    private void AnswerClient(HandleTokenRequestContext context, ClientProof proof)
    {
        var now = clock.GetUtcNow();
        Answer(context, proof.Caller.Principal, now);
        if (proof.NotAfter is { } end && context.Principal is { } principal)
            IssuedIdentity.Bound(principal, end, now);
    }

    private async Task AnswerPasswordAsync(HandleTokenRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var result = await signIn.SignInAsync(http, context.Request.Username, context.Request.Password, PrincipalKind.User);
        if (result.Caller is { } caller)
            Answer(context, caller.Principal, clock.GetUtcNow());
        else if (result.Outcome == SignInOutcome.TooMany)
            context.Reject(OAuthErrors.TemporarilyUnavailable, IssuerSignIn.TooMany);
        else
            context.Reject(OAuthErrors.InvalidGrant, IssuerSignIn.Wrong);
    }

    /// <summary>A code or a refresh token stands for an earlier sign-in, as long as the principal is what it was then.</summary>
    private async Task AnswerEarlierSignInAsync(HandleTokenRequestContext context)
    {
        var earlier = context.Principal ?? context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.DeviceCodePrincipal;
        var at = earlier?.GetClaim(Claims.AuthenticationTime) is { } text && long.TryParse(text, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : (DateTimeOffset?)null;
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var caller = earlier is null ? null : CallerOf(earlier);
        IssuerSignIn.Note(http, caller);
        if (earlier is null || at is null || caller is null || clock.GetUtcNow() - at > DirectoryTokenDefaults.LongestSession)
            context.Reject(OAuthErrors.InvalidGrant, "The sign-in has ended. Sign in again.");
        else if (context.Request.IsAuthorizationCodeGrantType() && !await IsFirstUseAsync(earlier))
            context.Reject(OAuthErrors.InvalidGrant, "The code was used before. Sign in again.");
        else
            Answer(context, caller.Principal, at.Value, earlier);
    }

    private Caller? CallerOf(ClaimsPrincipal earlier) =>
        Guid.TryParse(earlier.GetClaim(DirectoryTokenDefaults.ObjectId), out var id) && int.TryParse(earlier.GetClaim(DirectoryTokenDefaults.Version), out var version)
            ? tokens.FindHolder(id, version)
            : null;

    private async Task<bool> IsFirstUseAsync(ClaimsPrincipal code) =>
        code.GetClaim(SignInPage.CodeId) is { } id && await used.TryUseAsync("code", "", id, clock.GetUtcNow() + DirectoryTokenDefaults.SessionLifetime);

    /// <param name="earlier">Null when the sign-in is this request.</param>
    private void Answer(HandleTokenRequestContext context, Principal principal, DateTimeOffset at, ClaimsPrincipal? earlier = null)
    {
        var asked = context.Request.GetScopes();
        if (RequestedScopes.Parse(asked.IsDefaultOrEmpty && earlier is not null ? earlier.GetScopes() : asked, HttpOrigin.Of(context.Transaction.GetHttpRequest()!), out var problem) is not { } scopes)
        {
            context.Reject(OAuthErrors.InvalidScope, problem);
            return;
        }
        context.Principal = IssuedIdentity.Of(principal, context.ClientId!, scopes, tokens.TenantId, at);
        context.Parameters["ext_expires_in"] = (long)DirectoryTokenDefaults.AccessLifetime.TotalSeconds;
        if (principal.Kind == PrincipalKind.User && (string?)context.Request["client_info"] == "1")
            context.Parameters["client_info"] = ClientInfo(principal);
    }

    /// <summary>By which MSAL tells accounts apart.</summary>
    private string ClientInfo(Principal principal) =>
        Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(new { uid = principal.Id.ToString("D"), utid = tokens.TenantId.ToString("D") }));
}
