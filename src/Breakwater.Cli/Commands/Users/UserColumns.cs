using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Users;

/// <summary>What tables show of users.</summary>
internal static class UserColumns
{
    public static Column[] List { get; } = [new("Name", "userPrincipalName"), new("Display name", "displayName"), new("Enabled", "accountEnabled", Cells.YesNo), new("Id", "id")];

    public static Column[] Item { get; } = [.. List, new("Created", "createdDateTime", Cells.Time)];
}
