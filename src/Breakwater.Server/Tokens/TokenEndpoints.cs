using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Core.Tokens;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;
using Breakwater.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Tokens;

/// <summary>
/// The token server that challenges name. Without credentials it gives a token where pulling is open to everybody. To clients that ask for one
/// (<c>offline_token=true</c>) no refresh token is given: it would end after three hours, and they go on with the password they have.
/// </summary>
internal sealed class TokenEndpoints(RequestAuthenticator authenticator, PasswordSignIn signIn, RegistryTokens tokens, TokenIssuer issuer, RegistryDirectory registries, RequestThrottle throttle)
{
    private const string Reason = "signs in by itself";

    public void Map(IEndpointRouteBuilder endpoints) => new OpenRoutes(endpoints)
        .MapOfRegistry("GET", Challenge.TokenPath, Reason, GetAsync)
        .MapOfRegistry("POST", Challenge.TokenPath, Reason, PostAsync);

    private async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var registry = RegistryService.Of(context, registries);
        await AnswerAsync(context, registry, await authenticator.AuthenticatePasswordAsync(context, registry), query["service"], query["scope"]);
    }

    private async Task PostAsync(HttpContext context)
    {
        var form = await TokenForm.ReadAsync(context);
        var registry = RegistryService.Of(context, registries);
        var authentication = form.Grant switch
        {
            "password" => await WithPasswordAsync(context, registry, form),
            "refresh_token" => await WithRefreshTokenAsync(context, registry, form.Text("refresh_token")),
            _ => throw new OciException(OciErrors.BadRequest, "The grant type is not supported. Supported: password (with username and password) and refresh_token. Or use GET with Basic credentials."),
        };
        await AnswerAsync(context, registry, authentication, form.Service, form.Scopes);
    }

    private async Task<Authentication> WithPasswordAsync(HttpContext context, Registry registry, TokenForm form) =>
        form.Credentials is { } credentials ? await authenticator.SignInAsync(context, registry, credentials) : new Authentication(AuthenticationStatus.Anonymous);

    // Azure's SDKs send an empty one when nobody has signed in.
    private async Task<Authentication> WithRefreshTokenAsync(HttpContext context, Registry registry, string token)
    {
        if (token.Length == 0)
            return new Authentication(AuthenticationStatus.Anonymous);
        return await tokens.ValidateRefreshAsync(token, registry, context.Request.Host.Value ?? "") is { } caller
            ? new Authentication(AuthenticationStatus.SignedIn, caller)
            : new Authentication(AuthenticationStatus.InvalidToken);
    }

    private Task AnswerAsync(HttpContext context, Registry registry, Authentication authentication, StringValues service, StringValues scopes)
    {
        if (authentication.Status == AuthenticationStatus.TooMany)
            return OciAnswer.WriteTooManyAsync(context, authentication.RetryAfter);
        if ((authentication.Status == AuthenticationStatus.Anonymous ? signIn.FindAnonymous(registry) : authentication.Caller) is not { } caller)
            return RefuseAsync(context, MessageOf(authentication.Status));
        // Only whoever has proved to be somebody takes from what all share: a flood of others shuts nobody out.
        if (authentication.Status != AuthenticationStatus.Anonymous && !throttle.TryTakeShared(registry, RequestKind.Token, out var retryAfter))
            return OciAnswer.WriteTooManyAsync(context, retryAfter);
        var audience = RegistryService.AudienceOf(context, service);
        return TokenAnswer.WriteAsync(context, AuditTrail.Of(context).NoteToken(caller, issuer.Issue(caller, registry, audience, scopes)));
    }

    private static string? MessageOf(AuthenticationStatus status) => status switch
    {
        AuthenticationStatus.WrongPassword => "The user name or the password is wrong.",
        AuthenticationStatus.InvalidToken => "The refresh token is not valid here or has expired. Sign in again.",
        _ => null,
    };

    private static Task RefuseAsync(HttpContext context, string? message)
    {
        context.Response.Headers.WWWAuthenticate = Challenge.Basic(context);
        return OciAnswer.WriteAsync(context, OciErrors.Unauthorized, message);
    }
}
