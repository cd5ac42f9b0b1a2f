using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Services;

/// <summary>What tables show of service principals and their secrets.</summary>
internal static class ServiceColumns
{
    public static Column[] List { get; } = [new("Name", "displayName"), new("Application id", "appId"), new("Enabled", "accountEnabled", Cells.YesNo)];

    public static Column[] Item { get; } = [.. List, new("Object id", "id"), new("Created", "createdDateTime", Cells.Time), new("Secrets", "passwordCredentials", Count)];

    public static Column[] Secret { get; } = [new("Name", "displayName"), new("Begins", "hint"), new("Until", "endDateTime", Cells.Day), new("Last used", "lastUsedDateTime", Cells.Day), new("Key id", "keyId")];

    private static string Count(System.Text.Json.Nodes.JsonNode? value) => value is System.Text.Json.Nodes.JsonArray list ? $"{list.Count}" : "";
}
