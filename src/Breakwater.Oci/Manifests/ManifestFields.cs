using System.Text.Json;

namespace Breakwater.Oci;

/// <summary>The fields of a manifest of any kind, read but not yet judged. Null is absent, or null or empty in the body.</summary>
internal sealed class ManifestFields
{
    private static readonly string[] Names =
    [
        "schemaVersion", "mediaType", "artifactType", "config", "layers", "manifests", "blobs", "subject", "annotations", "fsLayers",
    ];

    internal long? SchemaVersion { get; private set; }

    internal string? MediaType { get; private set; }

    internal string? ArtifactType { get; private set; }

    internal Descriptor? Config { get; private set; }

    internal List<Descriptor>? Layers { get; private set; }

    internal List<Descriptor>? Manifests { get; private set; }

    internal List<Descriptor>? Blobs { get; private set; }

    internal Descriptor? Subject { get; private set; }

    internal Dictionary<string, string>? Annotations { get; private set; }

    /// <summary>Which fields stand in the body at all, null or not: what another reader might look at.</summary>
    internal ManifestParts Present { get; private set; }

    /// <summary>The reader stands on the body's first token; afterwards on its closing brace.</summary>
    internal static ManifestFields Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw ManifestParser.Invalid("The manifest is not a JSON object.");

        var fields = new ManifestFields();
        var names = new FieldNames(Names);
        var budget = default(DescriptorBudget);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            fields.ReadField(ref reader, names.Match(ref reader), ref budget);
        return fields;
    }

    private void ReadField(ref Utf8JsonReader reader, int name, ref DescriptorBudget budget)
    {
        switch (name)
        {
            case 0: SchemaVersion = JsonValues.ReadInteger(ref reader, "schemaVersion"); break;
            case 1: MediaType = JsonValues.ReadMediaType(ref reader, "mediaType"); break;
            case 2: ArtifactType = JsonValues.ReadMediaType(ref reader, "artifactType"); break;
            case 3: Config = ReadOne(ref reader, "config", ManifestParts.Config, ref budget); break;
            case 4: Layers = ReadMany(ref reader, "layers", ManifestParts.Layers, ref budget); break;
            case 5: Manifests = ReadMany(ref reader, "manifests", ManifestParts.Manifests, ref budget); break;
            case 6: Blobs = ReadMany(ref reader, "blobs", ManifestParts.Blobs, ref budget); break;
            case 7: Subject = ReadOne(ref reader, "subject", ManifestParts.None, ref budget); break;
            case 8: Annotations = AnnotationReader.Read(ref reader); break;
            case 9:
                Present |= ManifestParts.FsLayers;
                JsonValues.SkipValue(ref reader);
                break;
            default: JsonValues.SkipValue(ref reader); break;
        }
    }

    private Descriptor? ReadOne(ref Utf8JsonReader reader, string field, ManifestParts part, ref DescriptorBudget budget)
    {
        Present |= part;
        if (!JsonValues.EnterObject(ref reader, field))
            return null;
        budget.Take();
        return DescriptorReader.Read(ref reader, field);
    }

    private List<Descriptor>? ReadMany(ref Utf8JsonReader reader, string field, ManifestParts part, ref DescriptorBudget budget)
    {
        Present |= part;
        if (!JsonValues.EnterArray(ref reader, field))
            return null;
        var descriptors = new List<Descriptor>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            budget.Take();
            descriptors.Add(DescriptorReader.Read(ref reader, field));
        }

        return descriptors;
    }
}
