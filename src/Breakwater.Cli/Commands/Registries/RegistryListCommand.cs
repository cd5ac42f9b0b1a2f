using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry list</c></summary>
internal sealed class RegistryListCommand : CliCommand
{
    private readonly Option<string?> group = new("--resource-group", "-g") { Description = "Only those of this resource group.", HelpName = "GROUP" };
    private readonly Option<int?> top = TopOption.Create();

    public RegistryListCommand()
        : base("list", "List the registries that you may look at.")
    {
        Add(group);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Management.Registries.ListAsync(call.Value(group), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), RegistryColumns.List);
}
