using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Options;

/// <summary>What a command is about: a word after it, or the flag that az has for it.</summary>
internal sealed class Subject
{
    private readonly Argument<string?> argument;
    private readonly Option<string?> option;

    /// <param name="flags">The flag and its aliases.</param>
    public Subject(string name, string description, params string[] flags)
    {
        argument = new(name) { Description = $"{description} Or {flags[0]}.", Arity = ArgumentArity.ZeroOrOne };
        option = new(flags[0], flags[1..]) { Description = $"The same as {name}.", HelpName = name, Hidden = true };
    }

    public void AddTo(Command command)
    {
        command.Add(argument);
        command.Add(option);
    }

    /// <exception cref="BreakwaterException">Neither or both are given.</exception>
    public string In(Invocation call) => Find(call) ?? throw new BreakwaterException(ErrorKind.Invalid, $"{argument.Name} is missing.", $"Name it after the command, or with {option.Name}.");

    /// <summary>Null when it is not given.</summary>
    public string? Find(Invocation call) => (call.Value(argument), call.Value(option)) switch
    {
        (not null, not null) => throw new BreakwaterException(ErrorKind.Invalid, $"{argument.Name} and {option.Name} are the same thing, and both are given.", "Leave one out."),
        var (word, flag) => word ?? flag,
    };
}
