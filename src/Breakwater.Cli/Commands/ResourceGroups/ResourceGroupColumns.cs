using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.ResourceGroups;

/// <summary>What tables show of resource groups.</summary>
internal static class ResourceGroupColumns
{
    public static Column[] Group { get; } = [new("Name", "name"), new("Location", "location"), new("Id", "id")];
}
