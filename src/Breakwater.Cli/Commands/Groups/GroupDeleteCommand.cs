using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Groups;

/// <summary><c>breakwater group delete</c></summary>
internal sealed class GroupDeleteCommand : CliCommand
{
    private readonly Subject group = new("GROUP", "Its name or object id.", "--group", "-g");
    private readonly Option<bool> yes = YesOption.Create();

    public GroupDeleteCommand()
        : base("delete", "Delete a group. Its members stay, without what they had by it.")
    {
        group.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await call.Connection.Directory.Groups.FindAsync(group.In(call), call.Stop);
        call.Confirm($"Delete the group {found.DisplayName}?", yes);
        await call.Connection.Directory.Groups.DeleteAsync(found.Id, call.Stop);
        return Answer.Done($"Deleted the group {found.DisplayName}.");
    }
}
