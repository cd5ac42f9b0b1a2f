using System.CommandLine;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>--status enabled|disabled</c></summary>
internal static class TokenStatus
{
    /// <param name="value">Null: no default.</param>
    public static Option<string> Create(string? value)
    {
        var option = new Option<string>("--status") { Description = "enabled or disabled." + (value is null ? "" : $" Default: {value}."), HelpName = "STATUS" };
        if (value is not null)
            option.DefaultValueFactory = _ => value;
        return option.AcceptOnlyFromAmong("enabled", "disabled");
    }
}
