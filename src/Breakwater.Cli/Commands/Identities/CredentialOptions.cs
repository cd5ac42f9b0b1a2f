using System.CommandLine;

namespace Breakwater.Cli.Commands.Identities;

/// <summary>How a federated credential is named, as az names it.</summary>
internal static class CredentialOptions
{
    public static Option<string> Identity() => new("--identity-name") { Description = "The managed identity's name.", HelpName = "IDENTITY", Required = true };
}
