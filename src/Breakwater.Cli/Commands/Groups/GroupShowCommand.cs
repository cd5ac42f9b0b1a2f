using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Groups;

/// <summary><c>breakwater group show</c></summary>
internal sealed class GroupShowCommand : CliCommand
{
    private readonly Subject group = new("GROUP", "Its name or object id.", "--group", "-g");

    public GroupShowCommand()
        : base("show", "Show a group.") => group.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) => Answer.Item(await call.Connection.Directory.Groups.FindAsync(group.In(call), call.Stop), GroupColumns.Group);
}
