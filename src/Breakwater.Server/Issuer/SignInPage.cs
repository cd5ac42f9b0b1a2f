using Breakwater.Core.Access;
using Breakwater.Core.Tokens;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Breakwater.Server.Issuer;

/// <summary>The page on which a person signs in to a program, and what becomes of its form: an authorization code (RFC 6749 section 4.1).</summary>
/// <remarks>The form holds the program's request and is judged anew as a whole when it comes back; the server keeps nothing in between.</remarks>
internal sealed class SignInPage(IssuerSignIn signIn, DirectoryTokens tokens, TimeProvider clock) : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    /// <summary>A claim of the code: by it the code is known when it comes again.</summary>
    public const string CodeId = "bwk_code";

    public const string NameField = "bwk_name", PasswordField = "bwk_password";

    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        if (!HttpMethods.IsPost(http.Method))
        {
            await ShowAsync(context, http, problem: null);
            return;
        }
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        var result = await signIn.SignInAsync(http.HttpContext, form[NameField], form[PasswordField], PrincipalKind.User);
        if (result.Caller is { } caller)
            Grant(context, http, caller);
        else
            await ShowAsync(context, http, SignInForm.ProblemOf(result.Outcome));
    }

    private void Grant(HandleAuthorizationRequestContext context, HttpRequest http, Caller caller)
    {
        var scopes = RequestedScopes.Parse(context.Request.GetScopes(), HttpOrigin.Of(http), out _)!;
        var principal = IssuedIdentity.Of(caller.Principal, context.ClientId!, scopes, tokens.TenantId, clock.GetUtcNow());
        principal.SetClaim(CodeId, Guid.NewGuid().ToString("N"));
        context.Principal = principal;
    }

    private static async Task ShowAsync(HandleAuthorizationRequestContext context, HttpRequest http, string? problem)
    {
        var hidden = context.Request.GetParameters()
            .Where(parameter => parameter.Key is not (NameField or PasswordField))
            .Select(parameter => (parameter.Key, (string?)parameter.Value ?? ""));
        var name = HttpMethods.IsPost(http.Method) ? (string?)http.Form[NameField] : context.Request.LoginHint;
        await SignInForm.WriteAsync(http.HttpContext, new SignInForm
        {
            Client = PublicClient.Find(context.ClientId)!.Name,
            Name = name,
            Problem = problem,
            Hidden = [.. hidden],
            RedirectsTo = new Uri(context.Request.RedirectUri!).GetLeftPart(UriPartial.Authority),
        });
        context.HandleRequest();
    }
}
