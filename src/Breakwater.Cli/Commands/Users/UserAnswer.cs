using System.Text.Json;
using Breakwater.Cli.Output;
using Breakwater.Client.Directory;

namespace Breakwater.Cli.Commands.Users;

/// <summary>A user that was made or changed, with its password where that was made here.</summary>
internal static class UserAnswer
{
    public static Answer Of(DirectoryUser user, string? password) => password is null
        ? Answer.Item(user, UserColumns.Item)
        : Answer.Item(user with { Others = new(user.Others ?? []) { ["password"] = JsonSerializer.SerializeToElement(password) } }, [.. UserColumns.Item, new("Password", "password")])
            with
        { Message = "The password is not shown again." };
}
