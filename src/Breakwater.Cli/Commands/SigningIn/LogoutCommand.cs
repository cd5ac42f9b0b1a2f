using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.SigningIn;

/// <summary><c>breakwater logout</c></summary>
internal sealed class LogoutCommand() : CliCommand("logout", "Forget the sign-in: delete its tokens from this machine.")
{
    public override Task<Answer> RunAsync(Invocation call) =>
        Task.FromResult(Answer.Done(call.Profiles.Delete(call.ProfileName) ? "Signed out." : "Nobody had signed in."));
}
