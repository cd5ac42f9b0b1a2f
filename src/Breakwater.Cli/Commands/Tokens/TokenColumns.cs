using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary>What tables show of repository-scoped tokens.</summary>
internal static class TokenColumns
{
    public static Column[] All { get; } =
    [
        new("Name", "name"), new("Scope map", "properties.scopeMapId", Cells.LastPart), new("Status", "properties.status"), new("Passwords", "properties.credentials.passwords", Passwords),
        new("Created", "properties.creationDate", Cells.Time),
    ];

    private static string Passwords(System.Text.Json.Nodes.JsonNode? value) =>
        value is System.Text.Json.Nodes.JsonArray list ? string.Join(", ", list.Select(password => Cells.Plain(password?["name"]))) : "";
}
