using Breakwater.Core.Access;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Access;

/// <summary>Maps routes below a repository. Mapping one demands the actions that its callers must have.</summary>
internal sealed class RepositoryRoutes(IEndpointRouteBuilder endpoints)
{
    private const string InnerPrefix = "/v2/~";

    /// <param name="methods">One method, or several with a space between.</param>
    /// <param name="tail">The part of the path after the repository's name, for instance <c>/manifests/{reference}</c>.</param>
    /// <param name="demand">All of these must be granted; not none.</param>
    public RepositoryRoutes Map(string methods, string tail, RepositoryActions demand, RepositoryHandler handler)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(demand, RepositoryActions.None);
        EndpointMapping.Map(endpoints, methods, InnerPrefix + tail, new RepositoryDemand(demand), Answer);
        return this;

        // Without the gate there is no proof, and without a proof no answer.
        Task Answer(HttpContext context) => handler(context, context.Features.GetRequiredFeature<AccessFeature>().Repository!);
    }
}
