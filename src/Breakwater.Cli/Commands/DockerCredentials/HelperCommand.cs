using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.DockerCredentials;

/// <summary>A verb of docker's protocol. It reads failures from the output, where other commands have none.</summary>
internal abstract class HelperCommand(string name, string description) : CliCommand(name, description)
{
    public sealed override async Task<Answer> RunAsync(Invocation call)
    {
        try
        {
            return await AnswerAsync(call);
        }
        catch (BreakwaterException e)
        {
            return Answer.Text($"{e.Message} {e.Remedy}".TrimEnd() + "\n") with { ExitCode = ExitCodes.Of(e.Kind) };
        }
    }

    protected abstract Task<Answer> AnswerAsync(Invocation call);
}
