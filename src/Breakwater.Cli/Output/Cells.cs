using System.Globalization;
using System.Text.Json.Nodes;

namespace Breakwater.Cli.Output;

/// <summary>How values are written for people.</summary>
internal static class Cells
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A value in one line: texts as they are, lists with commas, objects as JSON.</summary>
    public static string Plain(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue<string>(out var s) => s,
        JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(Plain)),
        _ => value.ToJsonString(JsonText.Compact),
    };

    public static string Size(JsonNode? value)
    {
        if (value is not JsonValue number || !number.TryGetValue<double>(out var size))
            return Plain(value);
        var unit = 0;
        for (; size >= 1024 && unit < Units.Length - 1; unit++)
            size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? $"{size:0}" : $"{size:0.0}")} {Units[unit]}");
    }

    public static string Time(JsonNode? value) =>
        value is JsonValue text && DateTimeOffset.TryParse(Plain(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)
            : Plain(value);

    /// <summary>The day alone, where several stand in a row.</summary>
    public static string Day(JsonNode? value) => Time(value).Split(' ')[0];

    public static string YesNo(JsonNode? value) => value is JsonValue flag && flag.TryGetValue<bool>(out var yes) ? (yes ? "yes" : "no") : Plain(value);

    /// <summary>The algorithm and the first twelve digits, as docker shows it. --output json has it whole.</summary>
    public static string Digest(JsonNode? value) => Plain(value) is { Length: > 19 } digest && digest.Contains(':', StringComparison.Ordinal) ? digest[..(digest.IndexOf(':', StringComparison.Ordinal) + 13)] : Plain(value);

    /// <summary>The last part of a resource id.</summary>
    public static string LastPart(JsonNode? value) => Plain(value) is var id ? id[(id.LastIndexOf('/') + 1)..] : "";

    /// <summary>The last two parts of an action's name, such as <c>roleAssignments/write</c>.</summary>
    public static string LastParts(JsonNode? value) => string.Join('/', Plain(value).Split('/').TakeLast(2));

    /// <summary>System and architecture of a manifest; what else it is where it has none.</summary>
    public static string Platform(JsonNode? value) => value?["os"] is { } system
        ? $"{Plain(system)}/{Plain(value["architecture"])}"
        : Plain(value?["mediaType"]).Contains("index", StringComparison.Ordinal) || Plain(value?["mediaType"]).Contains("list", StringComparison.Ordinal) ? "index" : "";

    /// <summary>What is locked, of an object of <c>writeEnabled</c> and its kin.</summary>
    public static string Locks(JsonNode? value) => value is JsonObject flags
        ? string.Join(", ", flags.Where(flag => flag.Value is JsonValue one && one.TryGetValue<bool>(out var on) && !on).Select(flag => flag.Key.Replace("Enabled", "", StringComparison.Ordinal)))
        : "";
}
