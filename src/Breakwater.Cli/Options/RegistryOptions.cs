using System.CommandLine;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Options;

/// <summary>Which registry a command is about. One alone needs no name.</summary>
internal sealed class RegistryOptions
{
    private const string Help = "The registry's name. Default: the one that you see, if it is one.";

    private readonly Option<string?> registry;
    private readonly Option<string?> group = new("--resource-group", "-g") { Description = "The registry's resource group.", HelpName = "GROUP" };

    private RegistryOptions(params string[] aliases) => registry = new("--registry", aliases) { Description = Help, HelpName = "NAME" };

    /// <summary>Where <c>--name</c> is something else's.</summary>
    public static RegistryOptions Plain() => new("-r");

    /// <summary>As az has it where commands are about a registry's content.</summary>
    public static RegistryOptions OrName() => new("-r", "--name", "-n");

    public void AddTo(Command command)
    {
        command.Add(registry);
        command.Add(group);
    }

    public string? NameIn(Invocation call) => call.Value(registry);

    public string? GroupIn(Invocation call) => call.Value(group);
}
