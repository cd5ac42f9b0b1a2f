using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.NetworkRules;

/// <summary>What tables show of network rules.</summary>
internal static class NetworkRuleColumns
{
    public static Column[] Rule { get; } = [new("Action", "action"), new("Address", "value")];
}
