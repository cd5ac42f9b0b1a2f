namespace Breakwater.Server.Access;

/// <summary>Maps the few routes that everybody may call.</summary>
internal sealed class OpenRoutes(IEndpointRouteBuilder endpoints)
{
    /// <param name="methods">One method, or several with a space between.</param>
    /// <param name="reason">Why it is open; stands in the route table.</param>
    public OpenRoutes Map(string methods, string path, string reason, RequestDelegate handler)
    {
        EndpointMapping.Map(endpoints, methods, path, new OpenDemand(reason), handler);
        return this;
    }
}
