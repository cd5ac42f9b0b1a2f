using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Options;

/// <summary>A repository and what may be done to it, as az has it: <c>--repository team/app content/read content/write</c>, as often as needed.</summary>
internal sealed class RepositoryActionsOption
{
    private static readonly string[] Actions = ["content/read", "content/write", "content/delete", "metadata/read", "metadata/write"];

    private readonly Option<string[]?> option;

    public RepositoryActionsOption(string name, string description)
    {
        option = new(name)
        {
            Description = $"{description} A repository and actions ({string.Join(", ", Actions)}).",
            HelpName = "REPOSITORY ACTION…",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        option.CompletionSources.Add(Actions);
    }

    public void AddTo(Command command) => command.Add(option);

    /// <summary>In the form that scope maps have; empty when it is not given.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public IReadOnlyList<string> In(Invocation call)
    {
        var (actions, repository, hasAction) = (new List<string>(), (string?)null, true);
        foreach (var word in call.Value(option) ?? [])
        {
            if (!Actions.Contains(word))
            {
                RequireAction(repository, hasAction);
                (repository, hasAction) = (word, false);
                continue;
            }
            actions.Add($"repositories/{repository ?? throw Wrong($"{option.Name} begins with the action {word}.")}/{word}");
            hasAction = true;
        }
        RequireAction(repository, hasAction);
        return actions;
    }

    private void RequireAction(string? repository, bool hasAction)
    {
        if (!hasAction)
            throw Wrong($"{option.Name} {repository} names no action.");
    }

    private BreakwaterException Wrong(string problem) => new(ErrorKind.Invalid, problem, $"Write {option.Name} REPOSITORY and one or more of {string.Join(", ", Actions)}.");
}
