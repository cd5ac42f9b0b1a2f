using Breakwater.Cli.Options;

namespace Breakwater.Cli.Commands.ResourceGroups;

/// <summary>The resource group that a command is about.</summary>
internal static class ResourceGroupSubject
{
    public static Subject Create() => new("NAME", "The resource group.", "--name", "-n");
}
