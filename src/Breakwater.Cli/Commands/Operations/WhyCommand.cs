using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater why</c>: why something was refused, or what somebody may do. Exit code 0 also for "no": the question is answered.</summary>
internal sealed class WhyCommand : CliCommand
{
    private readonly Argument<string?> id = new("ID") { Description = "The decision that a refusal of yours named, within the last hour.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> principal = new("--principal", "--assignee") { Description = "Who: an object id, an application id or a name.", HelpName = "PRINCIPAL" };
    private readonly Option<string?> action = new("--action") { Description = "pull, push, delete, metadata_read, metadata_write, sign, catalog, or an action's full name.", HelpName = "ACTION" };
    private readonly Option<string?> repository = new("--repository") { Description = "Where; left out for the registry as a whole.", HelpName = "REPOSITORY" };
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public WhyCommand()
        : base("why", "Tell why something was refused, or what somebody may do.")
    {
        Add(id);
        Add(principal);
        Add(action);
        Add(repository);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (decision, who, what) = (call.Value(id), call.Value(principal), call.Value(action));
        if (decision is not null == (who is not null || what is not null) || (decision is null && (who is null || what is null)))
            throw new BreakwaterException(ErrorKind.Invalid, "It is not clear what is asked.", "Give the ID of a decision; or --principal and --action, and --repository.");
        if (decision is not null)
        {
            var refusal = await FindAsync(call, decision);
            return Explain(call, refusal, refusal.Explanation, refusal.Principal ?? refusal.PrincipalId ?? "", string.Join(", ", refusal.Actions), refusal.Repository);
        }
        var (one, where) = (await PrincipalFinder.FindAsync(call, who!), call.Value(repository));
        var answer = await (await call.RegistryAsync(registry)).AskAsync(new AccessQuestion(one.Id, what!, where is null ? null : ImageName.ParseRepository(where).Value), call.Stop);
        return Explain(call, answer, answer, one.Name, what!, where);
    }

    private async Task<Decision> FindAsync(Invocation call, string decision)
    {
        try
        {
            return await (await call.ContentAsync(registry)).GetDecisionAsync(decision, call.Stop);
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.NotFound)
        {
            throw new BreakwaterException(e.Kind, e.Message, "Only refusals of your own are shown; of others ask with --principal, --action and --repository.", e) { Code = e.Code, Status = e.Status, CorrelationId = e.CorrelationId };
        }
    }

    private static Answer Explain<T>(Invocation call, T data, AccessExplanation explanation, string who, string what, string? where) =>
        Answer.Screen(data, ExplanationScreen.Draw(call.Around, explanation, $"{who} may {(explanation.Allowed ? "" : "not ")}{what}{(where is null ? "" : $" on {where}")}."));
}
