using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Tokens;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace Breakwater.Server.Issuer;

/// <summary>Who asks for tokens? A service principal proves itself; a program that can keep no secret must be one of the known ones.</summary>
internal sealed class ClientCheck(IssuerSignIn signIn) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var request = context.Request;
        if (request.IsClientCredentialsGrantType())
            await CheckServicePrincipalAsync(context);
        else if (PublicClient.Find(context.ClientId) is null)
            context.Reject(OAuthErrors.UnauthorizedClient, PublicClient.Unknown);
        else if (request.IsPasswordGrantType() && !IssuerPaths.IsAdfs(context.Transaction.GetHttpRequest()!.Path))
            context.Reject(OAuthErrors.UnsupportedGrantType, "A password is taken on the AD FS shape of this issuer only. Use the code or the device flow.");
    }

    private async Task CheckServicePrincipalAsync(ValidateTokenRequestContext context)
    {
        if (SignedInClient.Find(context.Transaction) is not null)
            return;
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var result = await signIn.SignInAsync(http, context.ClientId, context.ClientSecret, PrincipalKind.ServicePrincipal);
        if (result.Caller is { } caller)
            SignedInClient.Set(context.Transaction, new ClientProof(caller, NotAfter: null));
        else if (result.Outcome == SignInOutcome.TooMany)
            context.Reject(OAuthErrors.TemporarilyUnavailable, IssuerSignIn.TooMany);
        else
            context.Reject(OAuthErrors.InvalidClient, "The application id or the secret is wrong, or the secret has expired.");
    }
}
