using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Users;

/// <summary><c>breakwater user delete</c></summary>
internal sealed class UserDeleteCommand : CliCommand
{
    private readonly Subject user = new("USER", "Its name or object id.", "--id");
    private readonly Option<bool> yes = YesOption.Create();

    public UserDeleteCommand()
        : base("delete", "Delete a user, with the roles that it has.")
    {
        user.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await call.Connection.Directory.Users.GetAsync(user.In(call), call.Stop);
        call.Confirm($"Delete the user {found.UserPrincipalName}?", yes);
        await call.Connection.Directory.Users.DeleteAsync(found.Id, call.Stop);
        return Answer.Done($"Deleted the user {found.UserPrincipalName}.");
    }
}
