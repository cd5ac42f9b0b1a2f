using System.CommandLine;

namespace Breakwater.Cli.Running;

/// <summary>A command that does something.</summary>
internal abstract class CliCommand(string name, string description) : Command(name, description)
{
    /// <exception cref="Client.Errors.BreakwaterException">It could not be done.</exception>
    public abstract Task<Output.Answer> RunAsync(Invocation call);
}
