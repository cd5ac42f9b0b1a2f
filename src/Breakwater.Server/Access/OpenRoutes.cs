namespace Breakwater.Server.Access;

/// <summary>Maps the few routes that everybody may call.</summary>
internal sealed class OpenRoutes(IEndpointRouteBuilder endpoints)
{
    /// <param name="methods">One method, or several with a space between.</param>
    /// <param name="reason">Why it is open; stands in the route table.</param>
    public OpenRoutes Map(string methods, string path, string reason, RequestDelegate handler) => Map(methods, path, new OpenDemand(reason), handler);

    /// <summary>For the registry that the host names: its network rules hold here too.</summary>
    public OpenRoutes MapOfRegistry(string methods, string path, string reason, RequestDelegate handler) => Map(methods, path, new OpenDemand(reason, isOfRegistry: true), handler);

    private OpenRoutes Map(string methods, string path, OpenDemand demand, RequestDelegate handler)
    {
        EndpointMapping.Map(endpoints, methods, path, demand, handler);
        return this;
    }
}
