using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Client.Errors;
using Breakwater.Oci;

namespace Breakwater.Cli.Running;

/// <summary>From words to an exit code.</summary>
internal sealed class CommandLine
{
    private readonly Surroundings around;

    public CommandLine(Surroundings around)
    {
        this.around = around;
        Root = CommandTree.Build();
        Connect(Root);
        foreach (var help in Root.Options.OfType<HelpOption>())
        {
            (help.Action as HelpAction)?.MaxWidth = Math.Min(around.Width, 100);
            help.Aliases.Remove("/?");
            help.Aliases.Remove("/h");
        }
    }

    public RootCommand Root { get; }

    public async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        // Words in @files would be one more way for a secret to stand in a command line.
        var parsed = Root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var output = new InvocationConfiguration { Output = around.Output, Error = around.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (parsed.Action is not ParseErrorAction)
            return await parsed.InvokeAsync(output, stop);
        if (parsed.CommandResult.Command is CommandGroup or RootCommand && parsed.UnmatchedTokens.Count == 0 && parsed.Errors.Count <= 1)
            return ShowHelp(parsed, output);
        foreach (var problem in UsageProblems.Of(parsed))
            around.Error.WriteLine(Printable.Of("Error: " + problem));
        around.Error.WriteLine($"  '{Words(parsed)} --help' shows how it is written.");
        return ExitCodes.Usage;
    }

    private static int ShowHelp(ParseResult parsed, InvocationConfiguration output)
    {
        output.Output = output.Error;
        ((RootCommand)parsed.RootCommandResult.Command).Parse([.. Path(parsed), "--help"]).Invoke(output);
        return ExitCodes.Usage;
    }

    private void Connect(Command command)
    {
        if (command is CliCommand action)
            action.SetAction((parsed, stop) => RunAsync(action, parsed, stop));
        foreach (var sub in command.Subcommands)
            Connect(sub);
    }

    private async Task<int> RunAsync(CliCommand command, ParseResult parsed, CancellationToken stop)
    {
        using var call = new Invocation(parsed, around, stop);
        try
        {
            var format = parsed.GetValue(CommonOptions.Output);
            var query = parsed.GetValue(CommonOptions.Query) is { } text ? JmesQuery.Parse(text) : null;
            var answer = await command.RunAsync(call);
            new Renderer(around).Write(answer, format, query);
            return answer.ExitCode;
        }
        catch (BreakwaterException e)
        {
            ErrorScreen.Write(around, e);
            return ExitCodes.Of(e.Kind);
        }
        catch (OciException e)
        {
            ErrorScreen.Write(around, new BreakwaterException(ErrorKind.Failed, $"The server's answer has something that cannot be: {e.Message}", "Is this a Breakwater server?", e));
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            around.Error.WriteLine("Interrupted.");
            return ExitCodes.Interrupted;
        }
    }

    private static string Words(ParseResult parsed) => string.Join(' ', ["breakwater", .. Path(parsed)]);

    private static List<string> Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
            names.Insert(0, result.Command.Name);
        return names;
    }
}
