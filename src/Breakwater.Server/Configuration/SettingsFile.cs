using System.Text.Json;

namespace Breakwater.Server.Configuration;

/// <summary>The settings that stand in the file: one flat JSON object, in which comments and trailing commas are allowed.</summary>
internal sealed class SettingsFile(string path, bool foundThroughData)
{
    private const string Remedy = "Write one JSON object, such as { \"gc-interval\": \"10m\" }.";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 8 };

    /// <summary>Adds the file's values. Unknown keys, keys given twice and values that are no text, number, switch or list are errors.</summary>
    public void Read(List<SettingSource> sources, List<SettingError> errors)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                errors.Add(new("config", path, null, "The file holds no JSON object.", Remedy));
            else
                ReadKeys(document.RootElement, sources, errors);
        }
        catch (JsonException problem)
        {
            errors.Add(new("config", path, null, $"The file is not JSON at line {problem.LineNumber + 1}, column {problem.BytePositionInLine + 1}.", Remedy));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.Add(new("config", path, null, $"The file cannot be read: {problem.Message}", "Name a readable file, or leave it out."));
        }
    }

    private void ReadKeys(JsonElement root, List<SettingSource> sources, List<SettingError> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (Refusal(property, seen) is { } error)
                errors.Add(error);
            else if (Text(property.Value) is { } text)
                sources.Add(Source(SettingKeys.Find(property.Name)!, text));
            else
                errors.Add(new(property.Name, property.Value.ToString(), path, "The value is not a text, number, true, false or list of texts.",
                    SettingKeys.Find(property.Name)!.Remedy));
        }
    }

    private SettingError? Refusal(JsonProperty property, HashSet<string> seen)
    {
        if (SettingKeys.Find(property.Name) is not { } key)
            return new(property.Name, null, path, "There is no such setting.",
                Suggestion.For(property.Name, SettingKeys.All.Select(k => k.Name), "Remove the key"));
        if (key.EnvironmentOnly)
            return new(key.Name, "***", path, "A secret does not belong in this file.", $"Use the environment variable {key.Variable}.");
        if (key.Name == "data" && foundThroughData)
            return new(key.Name, property.Value.ToString(), path, "The file was found in the data directory, so it cannot name another.", "Use --data or BREAKWATER_DATA.");
        if (!seen.Add(property.Name))
            return new(key.Name, property.Value.ToString(), path, "The key stands in the file twice.", "Remove one.");
        return null;
    }

    private SettingSource Source(SettingKey key, string text) =>
        new(key, key.IsPath ? Path.GetFullPath(text, Path.GetDirectoryName(Path.GetFullPath(path))!) : text, $"file {path}");

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            string.Join(',', value.EnumerateArray().Select(item => item.GetString())),
        _ => null,
    };
}
