using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using System.Text;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Reference;

/// <summary>The page of all commands, as Markdown, from the commands themselves and a preface.</summary>
internal static class ReferencePage
{
    public static string Write(RootCommand root)
    {
        var page = new StringBuilder(Preface());
        page.Append("\n## Options of every command\n\n");
        WriteOptions(page, root.Options.Where(option => option.Recursive && option is not HelpOption));
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            page.Append($"\n## {command.Name}\n");
            WriteCommand(page, command, "breakwater " + command.Name);
        }
        return page.ToString();
    }

    private static void WriteCommand(StringBuilder page, Command command, string path)
    {
        page.Append($"\n{command.Description}\n");
        if (command is CliCommand || command.Subcommands.Count == 0)
        {
            page.Append($"\n```\n{path}{string.Concat(command.Arguments.Select(argument => $" {(argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name)}"))}{(command.Options.Any(option => !option.Hidden) ? " [options]" : "")}\n```\n\n");
            foreach (var argument in command.Arguments)
                page.Append($"- `{argument.Name}`: {argument.Description}\n");
            WriteOptions(page, command.Options);
        }
        foreach (var sub in command.Subcommands.Where(sub => !sub.Hidden))
        {
            page.Append($"\n### {path["breakwater ".Length..]} {sub.Name}\n");
            WriteCommand(page, sub, $"{path} {sub.Name}");
        }
    }

    private static void WriteOptions(StringBuilder page, IEnumerable<Option> options)
    {
        foreach (var option in options.Where(option => !option.Hidden))
        {
            var names = string.Join("`, `", option.Aliases.Prepend(option.Name).Distinct());
            page.Append($"- `{names}`{(option.HelpName is { } value ? $" {value}" : "")}: {(option.Required ? "needed. " : "")}{option.Description}\n");
        }
    }

    private static string Preface()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("preface.md")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
