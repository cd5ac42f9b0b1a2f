using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Groups;

/// <summary><c>breakwater group member remove</c></summary>
internal sealed class GroupMemberRemoveCommand : CliCommand
{
    private readonly Subject group = new("GROUP", "Its name or object id.", "--group", "-g");
    private readonly Option<string> member = PrincipalOption.Create("--member-id", "The member:", "--member");

    public GroupMemberRemoveCommand()
        : base("remove", "Remove a member from a group.")
    {
        group.AddTo(this);
        Add(member);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await call.Connection.Directory.Groups.FindAsync(group.In(call), call.Stop);
        var one = await PrincipalFinder.FindAsync(call, call.Value(member)!);
        await call.Connection.Directory.Groups.RemoveMemberAsync(found.Id, one.Id, call.Stop);
        return Answer.Done($"{one.Name} is no member of {found.DisplayName} any more.");
    }
}
