using Breakwater.Cli.Options;

namespace Breakwater.Cli.Commands.Identities;

/// <summary>A managed identity, by its name.</summary>
internal static class IdentitySubject
{
    public static Subject Create() => new("IDENTITY", "The managed identity's name.", "--name", "-n");
}
