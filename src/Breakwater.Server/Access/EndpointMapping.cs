using Breakwater.Server.Audit;

namespace Breakwater.Server.Access;

/// <summary>The one call that makes endpoints. There is no way to call it without a demand.</summary>
internal static class EndpointMapping
{
    /// <param name="methods">One method, or several with a space between.</param>
    public static void Map(IEndpointRouteBuilder endpoints, string methods, string path, AccessDemand demand, RequestDelegate handler) =>
#pragma warning disable RS0030 // The place that the banned symbol's message leads to.
        endpoints.MapMethods(path, methods.Split(' '), handler).WithMetadata(demand, AuditedRoute.Of(path, demand));
#pragma warning restore RS0030
}
