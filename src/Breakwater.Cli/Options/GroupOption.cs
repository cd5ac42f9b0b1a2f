using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Options;

/// <summary>The resource group of a registry that must be named, since there is no "the only one".</summary>
internal sealed class GroupOption
{
    private readonly Option<string?> group = new("--resource-group", "-g") { Description = $"Its resource group. Default: {RegistryId.DefaultGroup}.", HelpName = "GROUP" };

    public void AddTo(Command command) => command.Add(group);

    public string In(Invocation call) => call.Value(group) ?? RegistryId.DefaultGroup;
}
