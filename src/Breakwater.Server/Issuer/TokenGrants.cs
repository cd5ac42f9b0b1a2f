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
internal sealed class TokenGrants(IssuerSignIn signIn, SignInSessions sessions, DirectoryTokens tokens, ILogger<TokenGrants> log, TimeProvider clock)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    private const string Ended = "The sign-in has ended. Sign in again.";

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
            await AnswerPersonAsync(context, caller.Principal, clock.GetUtcNow(), earlier: null);
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
            context.Reject(OAuthErrors.InvalidGrant, Ended);
        else
            await AnswerPersonAsync(context, caller.Principal, at.Value, earlier);
    }

    private async Task AnswerPersonAsync(HandleTokenRequestContext context, Principal principal, DateTimeOffset at, ClaimsPrincipal? earlier)
    {
        Answer(context, principal, at, earlier);
        // A request that is refused anyway uses up no token.
        if (context.IsRejected || context.Principal is not { } identity)
            return;
        if (await NextTurnAsync(context.Request, principal.Id, earlier) is { } turn)
        {
            IssuedIdentity.Join(identity, turn);
            return;
        }
        IssuedLog.UsedAgain(log, principal.Id);
        IssuerSignIn.Note(context.Transaction.GetHttpRequest()!.HttpContext, caller: null);
        context.Reject(OAuthErrors.InvalidGrant, Ended);
    }

    /// <returns>Null when what was brought was used before, or its session has ended.</returns>
    private async Task<SessionTurn?> NextTurnAsync(OpenIddictRequest request, Guid principalId, ClaimsPrincipal? earlier)
    {
        if (earlier is null || request.IsDeviceCodeGrantType())
            return await sessions.BeginAsync(principalId);
        if (request.IsAuthorizationCodeGrantType())
            return Guid.TryParse(earlier.GetClaim(SignInPage.CodeId), out var code) ? await sessions.RedeemAsync(code, principalId) : null;
        return IssuedIdentity.TurnOf(earlier) is { } presented ? await sessions.TurnAsync(presented) : null;
    }

    private Caller? CallerOf(ClaimsPrincipal earlier) =>
        Guid.TryParse(earlier.GetClaim(DirectoryTokenDefaults.ObjectId), out var id) && int.TryParse(earlier.GetClaim(DirectoryTokenDefaults.Version), out var version)
            ? tokens.FindHolder(id, version)
            : null;

    /// <param name="earlier">Null when the sign-in is this request.</param>
    private void Answer(HandleTokenRequestContext context, Principal principal, DateTimeOffset at, ClaimsPrincipal? earlier = null)
    {
        var asked = context.Request.GetScopes();
        if (RequestedScopes.Parse(asked.IsDefaultOrEmpty && earlier is not null ? earlier.GetScopes() : asked, HttpOrigin.Of(context.Transaction.GetHttpRequest()!), out var problem) is not { } scopes)
        {
            context.Reject(OAuthErrors.InvalidScope, problem);
            return;
        }
        // As long as a session goes on each refresh gives the next token, whatever scope it names: the one that was brought is used up.
        if (context.Request.IsRefreshTokenGrantType())
            scopes = scopes with { All = scopes.All.Contains(Scopes.OfflineAccess) ? scopes.All : scopes.All.Add(Scopes.OfflineAccess) };
        context.Principal = IssuedIdentity.Of(principal, context.ClientId!, scopes, tokens.TenantId, at);
        context.Parameters["ext_expires_in"] = (long)DirectoryTokenDefaults.AccessLifetime.TotalSeconds;
        if (principal.Kind == PrincipalKind.User && (string?)context.Request["client_info"] == "1")
            context.Parameters["client_info"] = ClientInfo(principal);
    }

    /// <summary>By which MSAL tells accounts apart.</summary>
    private string ClientInfo(Principal principal) =>
        Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(new { uid = principal.Id.ToString("D"), utid = tokens.TenantId.ToString("D") }));
}
