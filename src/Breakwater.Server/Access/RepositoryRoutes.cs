using Breakwater.Core.Access;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Access;

/// <summary>Maps routes below a repository. Mapping one demands the actions that its callers must have.</summary>
/// <param name="inner">The inner form of the paths: <see cref="Distribution"/>, <see cref="AcrDataPlane"/> or <see cref="AcrDeleted"/>.</param>
internal sealed class RepositoryRoutes(IEndpointRouteBuilder endpoints, string inner = RepositoryRoutes.Distribution)
{
    /// <summary>What <see cref="RepositoryPathMiddleware"/> makes of the paths; no client can send them.</summary>
    public const string Distribution = "/v2/~", AcrDataPlane = "/acr/v1/~", AcrDeleted = "/acr/v1/_deleted/~";

    public static string Of(PathApi api) => api switch
    {
        PathApi.Distribution => Distribution,
        PathApi.AcrDataPlane => AcrDataPlane,
        _ => AcrDeleted,
    };

    /// <param name="methods">One method, or several with a space between.</param>
    /// <param name="tail">The part of the path after the repository's name, for instance <c>/manifests/{reference}</c>.</param>
    /// <param name="demand">All of these must be granted; not none.</param>
    /// <param name="counted">What its requests count as beside what their method says.</param>
    public RepositoryRoutes Map(string methods, string tail, RepositoryActions demand, RepositoryHandler handler, RequestKind counted = RequestKind.None)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(demand, RepositoryActions.None);
        EndpointMapping.Map(endpoints, methods, inner + tail, new RepositoryDemand(demand, counted), Answer);
        return this;

        // Without the gate there is no proof, and without a proof no answer.
        Task Answer(HttpContext context) => handler(context, context.Features.GetRequiredFeature<AccessFeature>().Repository!);
    }
}
