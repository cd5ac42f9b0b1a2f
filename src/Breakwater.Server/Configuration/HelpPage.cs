using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Breakwater.Server.Configuration;

/// <summary>The help of the root command, grouped as the settings table is. Subcommands keep the library's page.</summary>
internal sealed class HelpPage(HelpAction other) : SynchronousCommandLineAction
{
    private const int Width = 100, Column = 30;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand root)
            return other.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.Write(Render(root));
        return ExitCodes.Done;
    }

    private static string Render(RootCommand root)
    {
        var text = new StringBuilder();
        text.Append(root.Description).Append("\n\nUsage:\n  breakwater [settings]\n  breakwater COMMAND [settings]\n\nCommands:\n");
        foreach (var command in root.Subcommands)
            Entry(text, string.Join(' ', [command.Name, .. command.Arguments.Select(a => a.Name), .. command.Options.Select(o => $"[{o.Name}]")]), command.Description!);
        foreach (var group in SettingKeys.All.GroupBy(key => key.Group))
        {
            text.Append('\n').Append(group.Key).Append(":\n");
            foreach (var key in group)
                Entry(text, key.EnvironmentOnly ? $"{key.Variable} (environment only)" : $"{key.Flag} {(key.IsSwitch ? "" : key.Value)}".TrimEnd(), $"{key.Help} Default: {Default(key)}.");
        }
        text.Append("\nOther:\n");
        foreach (var option in root.Options.Where(option => SettingKeys.Find(option.Name[2..]) is null))
            Entry(text, $"{option.Name} {(option.HelpName is { } value ? value : "")}".TrimEnd(), option.Description!);
        text.Append("\nA flag --gc-interval is also BREAKWATER_GC_INTERVAL in the environment and \"gc-interval\" in the\n");
        text.Append($"settings file, which is {SettingsLoader.DefaultFileName} in the data directory unless --config or\n");
        text.Append("BREAKWATER_CONFIG names another. Flags win over the environment, the environment over the file.\n");
        return text.ToString();
    }

    private static string Default(SettingKey key) => key.DefaultText ?? key.Show(new ServerSettings());

    /// <summary>A term, and beneath it what it means, in lines of at most <see cref="Width"/> characters.</summary>
    private static void Entry(StringBuilder text, string term, string meaning)
    {
        text.Append("  ").Append(term);
        var position = term.Length + 2;
        if (position > Column - 2)
        {
            text.Append('\n');
            position = 0;
        }
        text.Append(' ', Column - position);
        position = Column;
        foreach (var word in meaning.Split(' '))
        {
            if (position + word.Length > Width)
            {
                text.Length--;
                text.Append('\n').Append(' ', Column);
                position = Column;
            }
            text.Append(word).Append(' ');
            position += word.Length + 1;
        }
        text.Length--;
        text.Append('\n');
    }
}
