using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;

namespace Breakwater.Server.Issuer;

/// <summary>Signs in to the issuer, and leaves a trace of it for the audit log.</summary>
internal sealed class IssuerSignIn(PasswordSignIn signIn)
{
    public const string TooMany = "There were too many failed attempts. Wait a minute and try again.", Wrong = "The user name or the password is wrong.";

    /// <param name="kind">Whoever else has that name and password is refused as if the password were wrong.</param>
    public async Task<SignInResult> SignInAsync(HttpContext context, string? name, string? password, PrincipalKind kind)
    {
        var result = await signIn.SignInAsync(registry: null, name ?? "", new Secret(password ?? ""), context.Connection.RemoteIpAddress ?? IPAddress.None, context.RequestAborted);
        if (result.Caller is { } caller && caller.Principal.Kind != kind)
            result = new SignInResult(SignInOutcome.Refused);
        AuditTrail.Of(context).NoteSignIn(Authentication.Of(result), name ?? "");
        return result;
    }

    /// <summary>Whoever was proved to be somebody by other means: an assertion, a code, a refresh token. Null: it was proved to be nobody.</summary>
    public static void Note(HttpContext context, Caller? caller) => AuditTrail.Of(context).NoteSignIn(
        caller is null ? new Authentication(AuthenticationStatus.InvalidToken) : new Authentication(AuthenticationStatus.SignedIn, caller), name: null);
}
