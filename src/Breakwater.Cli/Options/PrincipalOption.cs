using System.CommandLine;

namespace Breakwater.Cli.Options;

/// <summary>A user, service principal or group, by any of the ways to name one.</summary>
internal static class PrincipalOption
{
    public static Option<string> Create(string name, string what, params string[] aliases) =>
        new(name, aliases) { Description = $"{what} object id, application id, or name of a user, service principal or group.", HelpName = "PRINCIPAL", Required = true };
}
