using Breakwater.Core.Access;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Access;

/// <summary>Maps routes of the registry as a whole. Mapping one demands the actions that its callers must have.</summary>
internal sealed class RegistryRoutes(IEndpointRouteBuilder endpoints)
{
    /// <param name="methods">One method, or several with a space between.</param>
    /// <param name="demand">All of these must be granted; not none.</param>
    public RegistryRoutes Map(string methods, string path, RegistryActions demand, RegistryHandler handler)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(demand, RegistryActions.None);
        EndpointMapping.Map(endpoints, methods, path, new RegistryDemand(demand), Answer);
        return this;

        Task Answer(HttpContext context) => handler(context, context.Features.GetRequiredFeature<AccessFeature>().RegistryWide!);
    }
}
