using Breakwater.Cli.Output;
using Breakwater.Client.Directory;

namespace Breakwater.Cli.Commands.Services;

/// <summary>A new secret, shown this once.</summary>
internal static class SecretAnswer
{
    public static Answer Of(ServicePrincipal service, SecretEntry secret) => Answer.Item(
        new { service.AppId, service.Id, service.DisplayName, secret.KeyId, password = secret.SecretText, secret.EndDateTime },
        new("Application id", "appId"), new("Object id", "id"), new("Secret", "password"), new("Until", "endDateTime", Cells.Time), new("Key id", "keyId"))
        with
    { Message = "The secret is not shown again." };
}
