using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Options;

/// <summary>
/// Ways to give a secret: standard input, a file, the environment, or the terminal without echo. There is none on the command line, which everybody on
/// the machine can read.
/// </summary>
internal sealed class SecretOptions
{
    public const string Variable = "BREAKWATER_CLI_PASSWORD";

    private readonly string what;
    private readonly Option<bool> stdin;
    private readonly Option<string?> file;

    /// <param name="what">Such as <c>password</c>.</param>
    /// <param name="prefix">Of the flags, such as <c>--password</c>.</param>
    public SecretOptions(string what, string prefix = "--password")
    {
        this.what = what;
        stdin = new(prefix + "-stdin") { Description = $"Read the {what} from standard input." };
        file = new(prefix + "-file") { Description = $"Read the {what} from a file.", HelpName = "FILE" };
    }

    public void AddTo(Command command)
    {
        command.Add(stdin);
        command.Add(file);
    }

    /// <summary>The file, as a full path; null when it came otherwise.</summary>
    public string? FileIn(Invocation call) => call.Value(file) is { } path ? Path.GetFullPath(path) : null;

    public bool IsGiven(Invocation call) => call.Value(stdin) || call.Value(file) is not null;

    /// <param name="variable">The environment variable that may hold it; null for none.</param>
    /// <exception cref="BreakwaterException">It is given twice, or not at all and nobody can be asked.</exception>
    public string Read(Invocation call, string? variable = Variable)
    {
        if (call.Value(stdin) && call.Value(file) is not null)
            throw new BreakwaterException(ErrorKind.Invalid, $"The {what} is to come from {stdin.Name} and from {file.Name}.", "Leave one out.");
        var secret = call.Value(stdin) ? call.Around.Input.ReadToEnd()
            : FileIn(call) is { } path ? ReadFile(path)
            : variable is not null && call.Around.Variable(variable) is { Length: > 0 } set ? set
            : Ask(call, variable);
        return secret.TrimEnd('\r', '\n') is { Length: > 0 } text ? text : throw new BreakwaterException(ErrorKind.Invalid, $"The {what} is empty.");
    }

    private string Ask(Invocation call, string? variable)
    {
        if (!call.Around.AsksPerson)
            throw new BreakwaterException(ErrorKind.Invalid, $"The {what} is missing, and there is nobody to ask.", $"Give it by {stdin.Name}, {file.Name} FILE{(variable is null ? "" : $" or {variable}")}.");
        call.Around.Error.Write($"{char.ToUpperInvariant(what[0])}{what[1..]}: ");
        return call.Around.ReadHidden();
    }

    private string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BreakwaterException(ErrorKind.Invalid, $"The {what} cannot be read from {path}: {e.Message}", null, e);
        }
    }
}
