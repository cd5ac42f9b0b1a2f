using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Directory;

namespace Breakwater.Cli.Commands.Users;

/// <summary><c>breakwater user create</c></summary>
internal sealed class UserCreateCommand : CliCommand
{
    private readonly Subject user = new("NAME", "The name to sign in with.", "--user-principal-name");
    private readonly Option<string?> displayName = new("--display-name") { Description = "What people call it.", HelpName = "TEXT" };
    private readonly NewPassword password = new();

    public UserCreateCommand()
        : base("create", "Create a user.")
    {
        user.AddTo(this);
        Add(displayName);
        password.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = user.In(call);
        var (secret, isNew) = password.Read(call);
        var made = await call.Connection.Directory.Users.CreateAsync(new UserChange { UserPrincipalName = name, DisplayName = call.Value(displayName), Password = secret }, call.Stop);
        return UserAnswer.Of(made, isNew ? secret : null);
    }
}
