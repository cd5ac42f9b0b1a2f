using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.ResourceGroups;

/// <summary><c>breakwater resource-group update</c></summary>
internal sealed class ResourceGroupUpdateCommand : CliCommand
{
    private readonly Subject name = ResourceGroupSubject.Create();
    private readonly Option<string[]?> tags = new("--tags") { Description = "KEY=VALUE, all of them; none to take them away.", HelpName = "TAG", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.ZeroOrMore };

    public ResourceGroupUpdateCommand()
        : base("update", "Change a resource group's tags.")
    {
        name.AddTo(this);
        Add(tags);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        if (!call.IsGiven(tags))
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Give --tags KEY=VALUE.");
        return Answer.Item(await call.Connection.Management.ResourceGroups.UpdateAsync(name.In(call), KeyValues.Parse(call.Value(tags), "--tags"), call.Stop), ResourceGroupColumns.Group);
    }
}
