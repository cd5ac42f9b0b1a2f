using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Groups;

/// <summary><c>breakwater group member list</c></summary>
internal sealed class GroupMemberListCommand : CliCommand
{
    private readonly Subject group = new("GROUP", "Its name or object id.", "--group", "-g");
    private readonly Option<int?> top = TopOption.Create();

    public GroupMemberListCommand()
        : base("list", "List the members of a group.")
    {
        group.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await call.Connection.Directory.Groups.FindAsync(group.In(call), call.Stop);
        return Answer.List(await call.Connection.Directory.Groups.ListMembersAsync(found.Id, call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), GroupColumns.Member);
    }
}
