using System.CommandLine;
using Breakwater.Cli.Output;
using Breakwater.Cli.Profiles;

namespace Breakwater.Cli.Options;

/// <summary>Options that every command has.</summary>
internal static class CommonOptions
{
    public const string ProfileVariable = "BREAKWATER_CLI_PROFILE";

    public static Option<OutputFormat> Output { get; } = MakeOutput();

    public static Option<string?> Query { get; } = new("--query") { Description = "Show what this JMESPath finds in the answer.", HelpName = "JMESPATH", Recursive = true };

    public static Option<string?> Profile { get; } = new("--profile")
    {
        Description = $"Which sign-in to use. Default: {ProfileVariable}, else '{ProfileStore.DefaultName}'.",
        HelpName = "NAME",
        Recursive = true,
    };

    private static Option<OutputFormat> MakeOutput()
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "The form of the answer: table, json or tsv. Default: table.",
            HelpName = "FORM",
            Recursive = true,
            CustomParser = result =>
            {
                if (Enum.TryParse<OutputFormat>(result.Tokens[0].Value, ignoreCase: true, out var format) && Enum.IsDefined(format) && !char.IsAsciiDigit(result.Tokens[0].Value[0]))
                    return format;
                result.AddError($"'{result.Tokens[0].Value}' is no form of output. Use table, json or tsv.");
                return OutputFormat.Table;
            },
        };
        option.CompletionSources.Add("table", "json", "tsv");
        return option;
    }
}
