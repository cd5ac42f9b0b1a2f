using System.CommandLine;

namespace Breakwater.Cli.Running;

/// <summary>What is wrong with a command line, in our words where they are better than the library's.</summary>
internal static class UsageProblems
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var (command, unknown) = (parsed.CommandResult.Command, parsed.UnmatchedTokens);
        if (unknown.Count > 0 && command.Subcommands.Count > 0)
        {
            // What follows a word that nobody knows means nothing.
            yield return Unknown("command", unknown[0], command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name));
            yield break;
        }
        var options = command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).Where(option => !option.Hidden).Select(option => option.Name).ToList();
        // A word after an option that is none may be a password: it is not repeated.
        var strange = unknown.Where(token => token.StartsWith('-')).ToList();
        foreach (var token in strange)
            yield return Unknown("option", NameOf(token), options);
        foreach (var token in strange.Count > 0 ? [] : unknown)
            yield return $"'{token}' is one word too many.";
        foreach (var error in parsed.Errors.Where(error => !unknown.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))))
            yield return error.Message;
    }

    /// <summary>Without a value that stands behind it: <c>--password=X</c>, <c>-pX</c>.</summary>
    private static string NameOf(string token) => token.StartsWith("--", StringComparison.Ordinal) ? token.Split('=')[0] : token[..Math.Min(2, token.Length)];

    private static string Unknown(string kind, string word, IEnumerable<string> known) =>
        $"There is no {kind} '{word}' here.{(NearWord.Find(word, known) is { } near ? $" Did you mean '{near}'?" : "")}";
}
