using System.Text;

namespace Breakwater.Server.Access;

/// <summary>All endpoints with verb, route and demand: the fourth lock, compared with a file by a test and checked at the start.</summary>
internal static class RouteTable
{
    private const string NoDemand = "NO DEMAND";

    /// <summary>One line per endpoint, sorted.</summary>
    public static string Describe(IEnumerable<EndpointDataSource> sources)
    {
        var lines = sources
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => (Route: RouteOf(endpoint), Methods: MethodsOf(endpoint), Demand: DemandOf(endpoint)))
            .OrderBy(line => line.Route, StringComparer.Ordinal)
            .ThenBy(line => line.Methods, StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append($"{line.Methods,-8} {line.Route,-42} {line.Demand}\n");
        return text.ToString();
    }

    /// <summary>Ends the start of a server that has an endpoint without a demand, or with two.</summary>
    /// <exception cref="InvalidOperationException">The message names the endpoints.</exception>
    public static void Verify(IEnumerable<EndpointDataSource> sources)
    {
        var wrong = sources
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.OfType<AccessDemand>().Count() != 1)
            .Select(endpoint => $"{MethodsOf(endpoint)} {RouteOf(endpoint)}")
            .ToList();
        if (wrong.Count > 0)
            throw new InvalidOperationException($"These endpoints have not exactly one demand; map them through RepositoryRoutes, RegistryRoutes, ManagementRoutes or OpenRoutes: {string.Join("; ", wrong)}");
    }

    private static string RouteOf(Endpoint endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? endpoint.DisplayName ?? "?";

    private static string MethodsOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } ? string.Join(' ', methods) : "ANY";

    private static string DemandOf(Endpoint endpoint)
    {
        var demands = endpoint.Metadata.OfType<AccessDemand>().Select(demand => demand.ToString()).ToList();
        return demands.Count == 0 ? NoDemand : string.Join(" AND ", demands);
    }
}
