using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Audit;
using Breakwater.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Access;

/// <summary>
/// The answers of the gate. They depend on the route and the credentials only, never on what exists:
/// no, malformed, wrong or expired credentials: 401 and a challenge; a token that lacks a right: 401 with <c>insufficient_scope</c>, so that the
/// client fetches another; a password whose user lacks it, and anybody on the management plane: 403; too many failures: 429.
/// </summary>
internal static class Refusal
{
    public static Task AnswerAsync(HttpContext context, AccessDemand demand, Registry registry, Authentication authentication)
    {
        AuditTrail.Of(context).NoteRefusal(authentication);
        if (authentication is { Status: AuthenticationStatus.SignedIn, Caller: { } caller } && demand.QuestionOf(context, caller, registry) is { } question)
            DecisionHeader.Set(context, question);
        return ChooseAsync(context, demand, authentication);
    }

    private static Task ChooseAsync(HttpContext context, AccessDemand demand, Authentication authentication) => authentication.Status switch
    {
        AuthenticationStatus.SignedIn when demand.Audience is not null => OciAnswer.WriteAsync(context, OciErrors.Denied),
        AuthenticationStatus.TooMany => OciAnswer.WriteTooManyAsync(context, authentication.RetryAfter),
        AuthenticationStatus.SignedIn => LacksRightAsync(context, demand, authentication.Caller!),
        AuthenticationStatus.Malformed => ChallengeAsync(context, demand, null, "The credentials are malformed. Send one Authorization header, Basic or Bearer."),
        AuthenticationStatus.WrongPassword => ChallengeAsync(context, demand, null, "The user name or the password is wrong."),
        AuthenticationStatus.InvalidToken => ChallengeAsync(context, demand, "invalid_token", "The token is not valid here or has expired. Sign in again."),
        _ => ChallengeAsync(context, demand, null, null),
    };

    private static Task LacksRightAsync(HttpContext context, AccessDemand demand, Caller caller) => caller.Limit is null
        ? OciAnswer.WriteAsync(context, OciErrors.Denied, detail: ScopeDetail.Of(demand.ScopeFor(context)))
        : ChallengeAsync(context, demand, "insufficient_scope", "The token is not for this. Ask for a token with the scope of the challenge.");

    private static Task ChallengeAsync(HttpContext context, AccessDemand demand, string? error, string? message)
    {
        var scope = demand.ScopeFor(context);
        context.Response.Headers.WWWAuthenticate = demand.Audience is null
            ? Challenge.Bearer(context, scope, error)
            : new StringValues([Challenge.Directory(context, error), Challenge.Basic(context)]);
        return OciAnswer.WriteAsync(context, OciErrors.Unauthorized, message, ScopeDetail.Of(scope));
    }
}
