using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Core.Tokens;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;
using Breakwater.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Tokens;

/// <summary>
/// The token server that challenges name. Without credentials it gives a token where pulling is open to everybody. No refresh tokens are issued: clients that ask for one (<c>offline_token=true</c>) go on with
/// the password they have.
/// </summary>
internal sealed class TokenEndpoints(RequestAuthenticator authenticator, PasswordSignIn signIn, TokenIssuer issuer, RegistryDirectory registries)
{
    private const string Reason = "signs in by itself";

    public void Map(IEndpointRouteBuilder endpoints) => new OpenRoutes(endpoints)
        .Map("GET", Challenge.TokenPath, Reason, GetAsync)
        .Map("POST", Challenge.TokenPath, Reason, PostAsync);

    private async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        await AnswerAsync(context, await authenticator.AuthenticatePasswordAsync(context), query["service"], query["scope"]);
    }

    private async Task PostAsync(HttpContext context)
    {
        var form = await TokenForm.ReadAsync(context);
        var authentication = form.Credentials is { } credentials ? await authenticator.SignInAsync(context, credentials) : new Authentication(AuthenticationStatus.Anonymous);
        await AnswerAsync(context, authentication, form.Service, form.Scopes);
    }

    private Task AnswerAsync(HttpContext context, Authentication authentication, StringValues service, StringValues scopes)
    {
        if (authentication.Status == AuthenticationStatus.TooMany)
            return OciAnswer.WriteTooManyAsync(context, authentication.RetryAfter);
        var registry = registries.Resolve(context.Request.Host.Value ?? "");
        if ((authentication.Status == AuthenticationStatus.Anonymous ? signIn.FindAnonymous(registry) : authentication.Caller) is not { } caller)
            return RefuseAsync(context, authentication.Status == AuthenticationStatus.WrongPassword ? "The user name or the password is wrong." : null);
        var audience = AudienceOf(context, service);
        return TokenAnswer.WriteAsync(context, AuditTrail.Of(context).NoteToken(caller, issuer.Issue(caller, registry, audience, scopes)));
    }

    /// <summary>
    /// The host that the request came by, as the challenge said. So a registry with several names has an audience for each, and a token
    /// that leaked to whoever controls one name is worth nothing under another.
    /// </summary>
    private static string AudienceOf(HttpContext context, StringValues service)
    {
        var host = context.Request.Host.Value ?? "";
        if (service is not ([] or [""]) && (service.Count != 1 || !host.Equals(service[0], StringComparison.OrdinalIgnoreCase)))
            throw new OciException(OciErrors.BadRequest, $"The service must be the host of this request, {host}. Ask the host that the token is for.");
        return host;
    }

    private static Task RefuseAsync(HttpContext context, string? message)
    {
        context.Response.Headers.WWWAuthenticate = Challenge.Basic(context);
        return OciAnswer.WriteAsync(context, OciErrors.Unauthorized, message);
    }
}
