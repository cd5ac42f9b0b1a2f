using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Identities;

/// <summary>What tables show of managed identities and their credentials.</summary>
internal static class IdentityColumns
{
    public static Column[] Identity { get; } = [new("Name", "name"), new("Client id", "properties.clientId"), new("Object id", "properties.principalId")];

    public static Column[] Credential { get; } = [new("Name", "name"), new("Issuer", "properties.issuer"), new("Subject", "properties.subject"), new("Audience", "properties.audiences", list => Cells.Plain((list as System.Text.Json.Nodes.JsonArray)?.FirstOrDefault()))];
}
