using Breakwater.Cli.Output;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands;

/// <summary>A name and its passwords: shown because the command's purpose is to give them.</summary>
internal static class CredentialsAnswer
{
    /// <param name="note">A sentence after the table.</param>
    public static Answer Of(RegistryCredentials credentials, string note = "The passwords are not shown again.") => Answer.Item(
        credentials,
        [
            new("Username", "username"),
            .. credentials.Passwords.Select((password, i) => new Column(Capital(password.Name), "passwords", list => Cells.Plain(list?[i]?["value"]))),
            .. credentials.Passwords.Any(password => password.Expiry is not null) ? [new Column("Until", "passwords", list => Cells.Time(list?[0]?["expiry"]))] : Array.Empty<Column>(),
        ]) with
    { Message = note };

    private static string Capital(string? name) => string.IsNullOrEmpty(name) ? "Password" : char.ToUpperInvariant(name[0]) + name[1..];
}
