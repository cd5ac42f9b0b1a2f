using System.CommandLine;

namespace Breakwater.Cli.Running;

/// <summary>A word before other words, as <c>repository</c> is.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string description, params Command[] commands)
        : base(name, description)
    {
        foreach (var command in commands)
            Add(command);
    }
}
