using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Groups;

/// <summary><c>breakwater group create</c></summary>
internal sealed class GroupCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new group's name.", "--display-name");
    private readonly Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };

    public GroupCreateCommand()
        : base("create", "Create a group. What it may do, its members may do.")
    {
        name.AddTo(this);
        Add(description);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await call.Connection.Directory.Groups.CreateAsync(name.In(call), call.Value(description), call.Stop), GroupColumns.Group);
}
