using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Core.Tokens;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;
using Breakwater.Server.Errors;
using Breakwater.Server.Issuer;

namespace Breakwater.Server.Tokens;

/// <summary>
/// <c>POST /oauth2/exchange</c>: a token of the directory, or of a trusted issuer, becomes a refresh token of the registry, for whoever may do
/// anything there. https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
/// </summary>
internal sealed class ExchangeEndpoint(DirectoryTokens directoryTokens, ExternalTokens externalTokens, RegistryTokens tokens, RegistryDirectory registries, RequestThrottle throttle)
{
    public const string Path = "/oauth2/exchange";

    public void Map(IEndpointRouteBuilder endpoints) => new OpenRoutes(endpoints).MapOfRegistry("POST", Path, "signs in by itself", PostAsync);

    private async Task PostAsync(HttpContext context)
    {
        var form = await TokenForm.ReadAsync(context);
        if (form.Grant is not ("access_token" or "access_token_refresh_token"))
            throw new OciException(OciErrors.BadRequest, "The grant type is not supported. Supported: access_token (with an access token of the directory).");
        var audience = RegistryService.AudienceOf(context, form.Service);
        var registry = RegistryService.Of(context, registries);
        if (await ProveAsync(context, registry, form) is not { } proof || !HasAnyRight(proof.Caller, registry))
            await OciAnswer.WriteAsync(context, OciErrors.Unauthorized, "The access token is not valid here, or its holder has no right on this registry.");
        else if (!throttle.TryTakeShared(registry, RequestKind.Token, out var retryAfter))
            await OciAnswer.WriteTooManyAsync(context, retryAfter);
        else
            await TokenAnswer.WriteRefreshAsync(context, AuditTrail.Of(context).NoteToken(proof.Caller, tokens.MintRefresh(proof.Caller.Principal, registry, audience, proof.NotAfter, proof.SessionId)));
    }

    private async Task<ClientProof?> ProveAsync(HttpContext context, Registry registry, TokenForm form)
    {
        var token = form.Text("access_token");
        if (await directoryTokens.ValidateAsync(token, HttpOrigin.Of(context.Request)) is { } own)
            return IsFor(registry, own.Audience) ? new ClientProof(own.Caller, own.NotAfter, own.SessionId) : null;
        return form.Text("client_id") is { Length: > 0 } clientId
            ? await externalTokens.ProveAsync(token, clientId, context.RequestAborted)
            : await externalTokens.ProveAnyoneAsync(token, context.RequestAborted);
    }

    private static bool IsFor(Registry registry, DirectoryAudience audience) =>
        audience == DirectoryAudience.Registry || (audience == DirectoryAudience.Management && !registry.Policies.RefusesManagementTokens);

    private static bool HasAnyRight(Caller caller, Registry registry) =>
        caller.Rights.Assignments.Any(assignment => assignment.Covers(registry)) || caller.Rights.Grants.Any(grant => grant.RegistryId == registry.Id);
}
