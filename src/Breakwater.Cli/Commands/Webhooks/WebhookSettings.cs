using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary>What <c>webhook create</c> and <c>update</c> take. Headers may hold a secret: they come from a file or standard input.</summary>
internal sealed class WebhookSettings
{
    private readonly Option<string?> uri = new("--uri") { Description = "Where to post to.", HelpName = "URL" };
    private readonly Option<string[]?> actions = new("--actions") { Description = "push, delete, chart_push, chart_delete.", HelpName = "ACTION", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> scope = new("--scope") { Description = "Only of REPOSITORY:TAG; a * may end either. A repository alone is its tag latest. '' for all.", HelpName = "SCOPE" };
    private readonly Option<string?> status = new Option<string?>("--status") { Description = "enabled or disabled.", HelpName = "STATUS" }.AcceptOnlyFromAmong("enabled", "disabled");
    private readonly SecretOptions headers = new("headers (NAME=VALUE, a line each)", "--headers");

    public WebhookSettings() => actions.CompletionSources.Add("push", "delete", "chart_push", "chart_delete");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { uri, actions, scope, status })
            command.Add(option);
        headers.AddTo(command);
    }

    public bool AnyIn(Invocation call) => call.IsGiven(uri) || call.IsGiven(actions) || call.IsGiven(scope) || call.IsGiven(status) || headers.IsGiven(call);

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public WebhookProperties Read(Invocation call) => new()
    {
        ServiceUri = call.Value(uri),
        Actions = call.Value(actions) is { Length: > 0 } given ? given : null,
        Scope = call.Value(scope),
        Status = call.Value(status),
        CustomHeaders = headers.IsGiven(call) ? KeyValues.Parse(headers.Read(call, variable: null).Split('\n').Select(line => line.Trim()), "The headers") : null,
    };
}
