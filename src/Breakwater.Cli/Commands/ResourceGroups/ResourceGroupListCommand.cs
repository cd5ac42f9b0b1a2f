using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.ResourceGroups;

/// <summary><c>breakwater resource-group list</c></summary>
internal sealed class ResourceGroupListCommand : CliCommand
{
    private readonly Option<int?> top = TopOption.Create();

    public ResourceGroupListCommand()
        : base("list", "List the resource groups in which you have a role.") => Add(top);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Management.ResourceGroups.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), ResourceGroupColumns.Group);
}
