using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.SigningIn;

/// <summary><c>breakwater logout</c></summary>
internal sealed class LogoutCommand() : CliCommand("logout", "Forget the sign-in: delete its tokens from this machine.")
{
    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Done(await call.Profiles.DeleteAsync(call.ProfileName, call.Stop) ? "Signed out." : "Nobody had signed in.");
}
