using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Users;

/// <summary><c>breakwater user show</c></summary>
internal sealed class UserShowCommand : CliCommand
{
    private readonly Subject user = new("USER", "Its name or object id.", "--id");

    public UserShowCommand()
        : base("show", "Show a user.") => user.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) => Answer.Item(await call.Connection.Directory.Users.GetAsync(user.In(call), call.Stop), UserColumns.Item);
}
