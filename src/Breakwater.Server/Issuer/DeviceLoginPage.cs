using System.Text.Encodings.Web;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace Breakwater.Server.Issuer;

/// <summary>The person's half of RFC 8628: first the code, then who asks, then name and password.</summary>
internal sealed class DeviceLoginPage(DeviceSignIns devices, IssuerSignIn signIn)
    : IOpenIddictServerHandler<ValidateEndUserVerificationRequestContext>, IOpenIddictServerHandler<HandleEndUserVerificationRequestContext>
{
    public const string DenyField = "bwk_deny";

    private const string Warning =
        "Go on only if you yourself have just started this, on a device before you. Whoever sent you a code by message or telephone would act in your name.";

    public ValueTask HandleAsync(ValidateEndUserVerificationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        if (HttpMethods.IsPost(http.Method) && !HttpOrigin.IsOwnPage(http))
            context.Reject(OAuthErrors.InvalidRequest, "The form was not sent by this page.");
        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(HandleEndUserVerificationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        var code = (string?)context.Request.UserCode ?? "";
        if (code.Length == 0)
            await AskCodeAsync(http.HttpContext, problem: null);
        else if (await devices.FindClientAsync(code) is not { } clientId)
            await AskCodeAsync(http.HttpContext, "There is no sign-in with this code, or its time is over.");
        else
            await SignInAsync(http, code, PublicClient.Find(clientId)?.Name ?? clientId);
        context.HandleRequest();
    }

    private async Task SignInAsync(HttpRequest http, string code, string client)
    {
        if (!HttpMethods.IsPost(http.Method) || (await http.ReadFormAsync())[SignInPage.NameField] is not [{ } name])
        {
            await ShowAsync(http.HttpContext, code, client, null, null);
            return;
        }
        var result = await signIn.SignInAsync(http.HttpContext, name, http.Form[SignInPage.PasswordField], PrincipalKind.User);
        if (result.Caller is not { } caller)
            await ShowAsync(http.HttpContext, code, client, name, SignInForm.ProblemOf(result.Outcome));
        else
            await FinishAsync(http, code, client, caller);
    }

    private async Task FinishAsync(HttpRequest http, string code, string client, Caller caller)
    {
        var denied = http.Form.ContainsKey(DenyField);
        if (!await devices.FinishAsync(code, caller, denied))
            await AskCodeAsync(http.HttpContext, "There is no sign-in with this code, or its time is over.");
        else if (denied)
            await HtmlPage.WriteAsync(http.HttpContext, "Refused", $"<h1>Refused</h1>\n<p>{HtmlEncoder.Default.Encode(client)} was not signed in. Tell your administrator who gave you the code.</p>\n");
        else
            await HtmlPage.WriteAsync(http.HttpContext, "Signed in", $"<h1>Signed in</h1>\n<p>{HtmlEncoder.Default.Encode(client)} now acts for you on your device. You can close this page.</p>\n");
    }

    private static Task ShowAsync(HttpContext context, string code, string client, string? name, string? problem) => SignInForm.WriteAsync(context, new SignInForm
    {
        Client = client,
        Name = name,
        Problem = problem,
        Warning = Warning,
        CanDeny = true,
        Hidden = [(Parameters.UserCode, code)],
    });

    private static Task AskCodeAsync(HttpContext context, string? problem)
    {
        var alert = problem is null ? "" : $"<p role=\"alert\" class=\"problem\">{HtmlEncoder.Default.Encode(problem)}</p>\n";
        return HtmlPage.WriteAsync(context, "Enter the code",
            $"""
            <h1>Enter the code</h1>
            <p>It is shown on the device that you want to sign in on.</p>
            {alert}<form method="get">
            <label for="code">Code</label>
            <input id="code" name="{Parameters.UserCode}" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus>
            <button type="submit">Next</button>
            </form>

            """);
    }
}
