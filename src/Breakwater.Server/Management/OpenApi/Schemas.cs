using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>The <c>components.schemas</c> of the document, by name, as they are asked for.</summary>
internal sealed class Schemas
{
    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (_, schema) => Simplify(schema),
    };

    private readonly SortedDictionary<string, JsonNode> _known = new(StringComparer.Ordinal);

    public JsonObject All => new(_known.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone())));

    /// <summary>What is read: another member is refused.</summary>
    public JsonObject OfBody(Type type) => Named(type.Name, () => Export(type));

    /// <summary>What is answered: versions to come may add members.</summary>
    public JsonObject OfAnswer(Shape shape) => Named(shape.Name, () =>
    {
        var schema = shape.Body is null ? Object() : Export(shape.Body);
        Open(schema);
        foreach (var path in shape.Written)
            Add(schema, path.Split('.'));
        return schema;
    });

    /// <summary>A page: ARM names the next one's address <c>nextLink</c>, Graph <c>@odata.nextLink</c>.</summary>
    public JsonObject OfList(Shape item, string next)
    {
        var schema = Object();
        schema["properties"]!["value"] = new JsonObject { ["type"] = "array", ["items"] = OfAnswer(item) };
        schema["properties"]![next] = new JsonObject { ["type"] = "string", ["description"] = "The address of what follows. Absent at the end." };
        return schema;
    }

    private JsonObject Named(string name, Func<JsonNode> make)
    {
        if (!_known.ContainsKey(name))
            _known[name] = make();
        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }

    private static JsonNode Export(Type type) => ArmJson.Options.GetJsonSchemaAsNode(type, Exporter);

    private static JsonObject Simplify(JsonNode schema)
    {
        // OpenAPI's tools do not know that a schema can be "true".
        if (schema is not JsonObject members)
            return new JsonObject();
        // The exporter means the constructors' parameters. What may be left out, the serializer leaves to whoever reads the body.
        members.Remove("required");
        return members;
    }

    private static JsonObject Object() => new() { ["type"] = "object", ["properties"] = new JsonObject() };

    private static void Add(JsonNode schema, ReadOnlySpan<string> path)
    {
        if (schema["properties"] is not JsonObject members)
            schema["properties"] = members = [];
        if (path is [var name])
            members[name] = new JsonObject { ["readOnly"] = true };
        else
            Add(members[path[0]] as JsonObject is { Count: > 0 } inner ? inner : members[path[0]] = Object(), path[1..]);
    }

    private static void Open(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            // Of a dictionary it is the schema of its values.
            if (schema["additionalProperties"]?.GetValueKind() == JsonValueKind.False)
                schema.Remove("additionalProperties");
            foreach (var member in schema)
                Open(member.Value);
        }
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Open(item);
        }
    }
}
