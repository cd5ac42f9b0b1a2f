using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Reference;

/// <summary><c>breakwater reference &gt; docs/cli.md</c>. Hidden: it is for those who build the program.</summary>
internal sealed class ReferenceCommand : CliCommand
{
    public ReferenceCommand()
        : base("reference", "Print the page of all commands.") => Hidden = true;

    public override Task<Answer> RunAsync(Invocation call) => Task.FromResult(Answer.Text(ReferencePage.Write(CommandTree.Build())));
}
