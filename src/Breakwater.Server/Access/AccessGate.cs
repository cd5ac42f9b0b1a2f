using Breakwater.Core.Access;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Breakwater.Server.Errors;
using Breakwater.Server.Guards;
using Breakwater.Server.Network;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Access;

/// <summary>
/// Stands between routing and the endpoints: who asks, and may they? An endpoint says what it demands by its <see cref="AccessDemand"/>; one
/// that says nothing is closed to everybody, signed in or not.
/// </summary>
/// <remarks>
/// What is no route is 404 and a wrong method 405, both without signing in: the specification lists the routes anyway.
/// ASP.NET's own authorization is not used: its policies, schemes and claims cost more than everything else on the way of a pull.
/// </remarks>
internal sealed class AccessGate(RequestDelegate next, RequestAuthenticator authenticator, RegistryDirectory registries, NetworkGate network, RequestThrottle throttle, KeyRing keys)
{
    // Microsoft.AspNetCore.Routing.Matching.HttpMethodMatcherPolicy makes this endpoint; it is no RouteEndpoint and has no metadata.
    private const string MethodMismatch = "405 HTTP Method Not Supported";

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
            return OciAnswer.WriteAsync(context, OciErrors.NotFound);
        return endpoint.Metadata.GetMetadata<AccessDemand>() switch
        {
            SignedDemand => AdmitToDataAsync(context),
            OpenDemand when IsDataHost(context) => OciAnswer.WriteAsync(context, OciErrors.NotFound),
            OpenDemand open when !network.Admits(context, open) => NetworkGate.RefuseAsync(context),
            OpenDemand => next(context),
            RepositoryDemand when context.Features.Get<IRepositoryFeature>() is null => OciAnswer.WriteAsync(context, OciErrors.NotFound),
            { } demand => CheckAsync(context, demand),
            null when IsMethodMismatch(endpoint) => AnswerMethodMismatchAsync(context, endpoint),
            null => OciAnswer.WriteAsync(context, OciErrors.Denied),
        };
    }

    /// <summary>The second proof of a request that touches two repositories, as a cross-repository mount does.</summary>
    /// <returns>Null when the caller, or its token, lacks one of <paramref name="actions"/> on <paramref name="other"/>.</returns>
    public static RepositoryAccess? TryGetRepositoryAccess(HttpContext context, RepositoryName other, RepositoryActions actions)
    {
        var feature = context.Features.GetRequiredFeature<AccessFeature>();
        return RepositoryAccess.Decide(feature.Caller, feature.Registry, other, actions);
    }

    private bool IsDataHost(HttpContext context) => registries.FindByDataHost(AllowedHosts.NameOf(context.Request.Host.Value ?? "")) is not null;

    // At a data endpoint there is this and nothing else, and this is nowhere else.
    private Task AdmitToDataAsync(HttpContext context)
    {
        if (registries.FindByDataHost(AllowedHosts.NameOf(context.Request.Host.Value ?? "")) is not { } registry)
            return OciAnswer.WriteAsync(context, OciErrors.NotFound);
        return network.Admits(context, registry) ? next(context) : NetworkGate.RefuseAsync(context);
    }

    private Task CheckAsync(HttpContext context, AccessDemand demand)
    {
        if (registries.Resolve(context.Request.Host.Value ?? "") is not { } registry)
            return OciAnswer.WriteAsync(context, OciErrors.MisdirectedRequest);
        // Before authentication: who may not come here is not asked for a name.
        if (!network.Admits(context, demand, registry))
            return NetworkGate.RefuseAsync(context);
        // A registry's own host is for its content: what is reached there is what its network rules are about.
        if (demand.Audience is not null && !registries.IsFirst(registry))
            return OciAnswer.WriteAsync(context, OciErrors.NotFound);
        var authentication = authenticator.AuthenticateAsync(context, registry, demand.Audience);
        return authentication.IsCompletedSuccessfully
            ? AdmitAsync(context, demand, registry, authentication.Result)
            : CheckAsync(context, demand, registry, authentication);
    }

    private async Task CheckAsync(HttpContext context, AccessDemand demand, Registry registry, ValueTask<Authentication> authentication) =>
        await AdmitAsync(context, demand, registry, await authentication);

    private Task AdmitAsync(HttpContext context, AccessDemand demand, Registry registry, Authentication authentication)
    {
        if (authentication.Caller is not { } caller)
            return Refusal.AnswerAsync(context, demand, registry, authentication);
        var kind = demand.KindOf(context.Request.Method);
        if (kind != RequestKind.None && !throttle.TryTakeOwn(registry, caller.Principal.Id, kind, out var retryAfter))
            return OciAnswer.WriteTooManyAsync(context, retryAfter);
        var feature = new AccessFeature(caller, registry);
        if (!demand.TryAdmit(context, caller, registry, feature))
            return Refusal.AnswerAsync(context, demand, registry, authentication);
        if (kind != RequestKind.None && !throttle.TryTakeShared(registry, kind, out retryAfter))
            return OciAnswer.WriteTooManyAsync(context, retryAfter);
        // After the decision: whoever may not see the content does not learn how it stands with its key.
        if (demand.IsForContent)
            keys.Demand(registry.Id);
        context.Features.Set(feature);
        return next(context);
    }

    private static bool IsMethodMismatch(Endpoint endpoint) =>
        endpoint is not RouteEndpoint && endpoint.Metadata.Count == 0 && endpoint.DisplayName == MethodMismatch;

    /// <summary>Routing's endpoint sets the status and <c>Allow</c>, and no body.</summary>
    private static async Task AnswerMethodMismatchAsync(HttpContext context, Endpoint endpoint)
    {
        await endpoint.RequestDelegate!(context);
        await OciAnswer.WriteAsync(context, OciErrors.Unsupported);
    }
}
