using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Users;

/// <summary><c>breakwater user list</c></summary>
internal sealed class UserListCommand : CliCommand
{
    private readonly Option<int?> top = TopOption.Create();

    public UserListCommand()
        : base("list", "List the users.") => Add(top);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Directory.Users.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), UserColumns.List);
}
