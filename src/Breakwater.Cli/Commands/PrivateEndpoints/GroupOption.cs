using System.CommandLine;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary><c>--resource-group</c>, in which private endpoints are.</summary>
internal static class GroupOption
{
    public static Option<string?> Create() => new("--resource-group", "-g") { Description = $"The resource group. Default: {RegistryId.DefaultGroup}.", HelpName = "GROUP" };
}
