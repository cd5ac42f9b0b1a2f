using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Directory;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Users;

/// <summary><c>breakwater user update</c></summary>
internal sealed class UserUpdateCommand : CliCommand
{
    private readonly Subject user = new("USER", "Its name or object id.", "--id");
    private readonly Option<string?> displayName = new("--display-name") { Description = "What people call it.", HelpName = "TEXT" };
    private readonly Option<bool?> enabled = new("--account-enabled") { Description = "Whether it can sign in.", HelpName = "true|false" };
    private readonly NewPassword password = new();
    private readonly Option<bool> ask = new("--ask-password") { Description = "Ask for a new password." };

    public UserUpdateCommand()
        : base("update", "Change a user. A new password ends its sign-ins.")
    {
        user.AddTo(this);
        Add(displayName);
        Add(enabled);
        password.AddTo(this);
        Add(ask);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var key = user.In(call);
        var changesPassword = password.IsGiven(call) || call.Value(ask);
        if (!changesPassword && call.Value(displayName) is null && call.Value(enabled) is null)
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Give --display-name, --account-enabled, or a new password.");
        var (secret, isNew) = changesPassword ? password.Read(call) : (null, false);
        var users = call.Connection.Directory.Users;
        var before = await users.GetAsync(key, call.Stop);
        await users.UpdateAsync(before.Id, new UserChange { DisplayName = call.Value(displayName), AccountEnabled = call.Value(enabled), Password = secret }, call.Stop);
        // A new password ends the sign-in that is used here: what came of it cannot be asked for.
        if (changesPassword && before.UserPrincipalName == call.Connection.Profile.SignIn.Account)
            return UserAnswer.Of(before, isNew ? secret : null) with { Message = "It was you: sign in again with 'breakwater login'." };
        return UserAnswer.Of(await users.GetAsync(before.Id, call.Stop), isNew ? secret : null);
    }
}
