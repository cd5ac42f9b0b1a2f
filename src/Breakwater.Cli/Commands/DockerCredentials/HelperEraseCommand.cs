using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.DockerCredentials;

/// <summary><c>docker-credential-breakwater erase</c>: what <c>docker logout</c> means. The sign-in is deleted.</summary>
internal sealed class HelperEraseCommand() : HelperCommand("erase", "Forget the sign-in to a registry. The registry comes on standard input.")
{
    protected override async Task<Answer> AnswerAsync(Invocation call)
    {
        if (HelperProfile.Find(call, await call.Around.Input.ReadToEndAsync(call.Stop)) is { } found)
            await call.Profiles.DeleteAsync(found.Name, call.Stop);
        return Answer.Text("");
    }
}
