using System.Text.Json.Nodes;
using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary>What tables show of private endpoints.</summary>
internal static class PrivateEndpointColumns
{
    private const string Links = "properties.privateLinkServiceConnections";

    public static Column[] List { get; } =
    [
        new("Name", "name"), new("Registry", Links, links => Cells.LastParts(Link(links)?["privateLinkServiceId"])), new("Listener", "properties.listener"),
        new("Networks", "properties.sourcePrefixes"), new("State", Links, links => Cells.Plain(Link(links)?["privateLinkServiceConnectionState"]?["status"])),
    ];

    public static Column[] Dns { get; } = [new("Name", "name"), new("Zone line", "line"), new("Resolves to", "found"), new("Right", "isRight", Cells.YesNo)];

    private static JsonNode? Link(JsonNode? links) => (links as JsonArray)?.FirstOrDefault()?["properties"];
}
