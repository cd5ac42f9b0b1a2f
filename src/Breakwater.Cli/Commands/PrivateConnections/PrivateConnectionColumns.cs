using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.PrivateConnections;

/// <summary>What tables show of private endpoint connections.</summary>
internal static class PrivateConnectionColumns
{
    public static Column[] List { get; } =
    [
        new("Name", "name"), new("State", "properties.privateLinkServiceConnectionState.status"), new("Listener", "properties.listener"), new("Networks", "properties.sourcePrefixes"),
        new("Said", "properties.privateLinkServiceConnectionState.description"),
    ];
}
