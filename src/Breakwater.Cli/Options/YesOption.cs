using System.CommandLine;

namespace Breakwater.Cli.Options;

/// <summary><c>--yes</c>: do not ask.</summary>
internal static class YesOption
{
    public static Option<bool> Create() => new("--yes", "-y") { Description = "Do not ask whether it is meant." };
}
