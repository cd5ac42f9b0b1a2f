using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Groups;

/// <summary><c>breakwater group list</c></summary>
internal sealed class GroupListCommand : CliCommand
{
    private readonly Option<int?> top = TopOption.Create();

    public GroupListCommand()
        : base("list", "List the groups.") => Add(top);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Directory.Groups.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), GroupColumns.Group);
}
