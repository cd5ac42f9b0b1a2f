using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.Server.Access;
using Breakwater.Server.Graph;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Writes the OpenAPI document: which operations there are and what they demand from the route table, the rest from <see cref="Operations"/>.</summary>
/// <remarks>https://spec.openapis.org/oas/v3.1.1</remarks>
internal sealed partial class ApiDocument(IEnumerable<EndpointDataSource> sources)
{
    private const string Error =
        """
        {
          "description": "Refused; nothing was changed.",
          "content": {"application/json": {"schema": {
            "type": "object",
            "properties": {"error": {"type": "object", "properties": {"code": {"type": "string"}, "message": {"type": "string"}}, "required": ["code", "message"]}},
            "required": ["error"]
          }}}
        }
        """;

    private readonly Schemas _schemas = new();

    private readonly SortedDictionary<string, JsonObject> _parameters = new(StringComparer.Ordinal);

    private readonly Dictionary<(string, string), Operation> _operations = Operations.All.ToDictionary(operation => (operation.Method, operation.Route));

    public static JsonObject Write(IEnumerable<EndpointDataSource> sources) => new ApiDocument(sources).Write();

    /// <summary>The routes that the document is about: those of the management plane and of the directory.</summary>
    internal static IEnumerable<(string Method, string Route, AccessDemand Demand)> RoutesOf(IEnumerable<EndpointDataSource> sources) =>
        from endpoint in sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let demand = endpoint.Metadata.GetMetadata<AccessDemand>()
        where demand is ManagementDemand or SignedInDemand
        let route = endpoint.RoutePattern.RawText!
        from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        orderby route, method
        select (method, route, demand);

    private JsonObject Write()
    {
        var paths = new JsonObject();
        foreach (var (method, route, demand) in RoutesOf(sources))
        {
            var path = paths[route] as JsonObject;
            if (path is null)
                paths[route] = path = [];
            path[method.ToLowerInvariant()] = Describe(route, demand, _operations[(method, route)]);
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Breakwater",
                ["description"] = "The management plane, in the form of Azure Resource Manager, and the directory, in the form of Microsoft Graph.",
                ["version"] = ApiVersion.Known[^1],
            },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["basic"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                    ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
                },
                ["parameters"] = new JsonObject(_parameters.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
                ["responses"] = new JsonObject { ["Error"] = JsonNode.Parse(Error) },
                ["schemas"] = _schemas.All,
            },
        };
    }

    private JsonObject Describe(string route, AccessDemand demand, Operation operation)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["tags"] = new JsonArray(operation.Id[..operation.Id.IndexOf('_', StringComparison.Ordinal)]),
            ["parameters"] = new JsonArray([.. ParametersOf(route, operation)]),
            // What the caller must be granted, and where.
            ["x-permission"] = demand.ToString(),
        };
        if (operation.Body is { } body)
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(_schemas.OfBody(body)) };
        described["responses"] = new JsonObject { ["2XX"] = AnswerOf(route, operation), ["default"] = Reference("responses", "Error") };
        return described;
    }

    private JsonObject AnswerOf(string route, Operation operation) => operation.Answer switch
    {
        null => Answer("Done.", null),
        { } item when operation.IsList => Answer("A page.", _schemas.OfList(item, IsGraph(route) ? "@odata.nextLink" : "nextLink")),
        { } one => Answer("Done.", _schemas.OfAnswer(one)),
    };

    private IEnumerable<JsonObject> ParametersOf(string route, Operation operation)
    {
        foreach (Match name in Parameter().Matches(route))
            yield return ParameterOf(name.Groups[1].Value, "path", required: true);
        if (!IsGraph(route))
            yield return ParameterOf("api-version", "query", required: true);
        if (operation.IsList && !operation.Query.Contains("$top"))
            yield return ParameterOf(IsGraph(route) ? "$skiptoken" : "$skipToken", "query", required: false);
        foreach (var name in operation.Query)
            yield return ParameterOf(name, "query", required: false);
        if (operation.IsConditional)
            yield return ParameterOf("If-Match", "header", required: false);
    }

    private JsonObject ParameterOf(string name, string place, bool required)
    {
        // A registry of the path is not the one that a filter names. A component's key takes no other signs.
        var key = $"{place}-{name.TrimStart('$')}";
        _parameters[key] = new() { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = "string" } };
        return Reference("parameters", key);
    }

    private static JsonObject Reference(string kind, string key) => new() { ["$ref"] = $"#/components/{kind}/{key}" };

    private static JsonObject Answer(string description, JsonObject? schema)
    {
        var answer = new JsonObject { ["description"] = description };
        if (schema is not null)
            answer["content"] = Json(schema);
        return answer;
    }

    private static JsonObject Json(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static bool IsGraph(string route) => route.StartsWith(GraphRoute.Root, StringComparison.Ordinal);

    [GeneratedRegex(@"\{([a-zA-Z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
