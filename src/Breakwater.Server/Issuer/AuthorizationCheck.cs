using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace Breakwater.Server.Issuer;

/// <summary>Whether a program may send a person here, and where to afterwards.</summary>
internal sealed class AuthorizationCheck : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        if (PublicClient.Find(context.ClientId) is null)
            context.Reject(OAuthErrors.UnauthorizedClient, PublicClient.Unknown);
        else if (!PublicClient.IsRedirectUri(context.RedirectUri))
            context.Reject(OAuthErrors.InvalidRequest, "The redirect_uri must be an address of the person's own machine, http://localhost or http://127.0.0.1 with any port.");
        else if (RequestedScopes.Parse(context.Request.GetScopes(), HttpOrigin.Of(http), out var problem) is null)
            context.Reject(OAuthErrors.InvalidScope, problem);
        else if (context.Request.HasPromptValue(PromptValues.None))
            context.Reject(OAuthErrors.LoginRequired, "Somebody has to sign in; nothing is remembered.");
        else if (HttpMethods.IsPost(http.Method) && !HttpOrigin.IsOwnPage(http))
            context.Reject(OAuthErrors.InvalidRequest, "The form was not sent by the sign-in page.");
        return ValueTask.CompletedTask;
    }
}
