using System.CommandLine;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>--status enabled|disabled</c></summary>
internal static class TokenStatus
{
    public static Option<string?> Create(string note = "") => new Option<string?>("--status") { Description = "enabled or disabled." + note, HelpName = "STATUS" }.AcceptOnlyFromAmong("enabled", "disabled");
}
