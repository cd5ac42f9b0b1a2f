using System.Security.Claims;
using Breakwater.Core.Tokens;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace Breakwater.Server.Issuer;

/// <summary>A service principal that proves itself by an assertion: of its own certificate, or of another issuer.</summary>
internal sealed class AssertionCheck(ClientAssertions assertions, IssuerPaths paths) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static readonly int Order = OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order - 2;

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion))
            return;
        var http = context.Transaction.GetHttpRequest()!;
        var audiences = new[] { HttpOrigin.Of(http) + http.Path, HttpOrigin.Of(http) + paths.IssuerOf(http.Path) };
        var proof = await assertions.ProveAsync(context.Token, context.Request?.ClientId, audiences, http.HttpContext.RequestAborted);
        IssuerSignIn.Note(http.HttpContext, proof?.Caller);
        if (proof is null)
        {
            context.Reject(OAuthErrors.InvalidClient, "The assertion is not valid here, has expired, or was used before.");
            return;
        }
        SignedInClient.Set(context.Transaction, proof);
        var identity = new ClaimsIdentity("Breakwater");
        identity.SetClaim(Claims.Subject, proof.Caller.Principal.Name).SetClaim(Claims.Issuer, proof.Caller.Principal.Name).SetAudiences(audiences[1]);
        context.Principal = new ClaimsPrincipal(identity).SetTokenType(TokenTypeIdentifiers.Private.ClientAssertion);
    }
}
