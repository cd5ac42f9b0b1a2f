using System.Text.Json.Serialization;

namespace Breakwater.Client.SignIn;

[JsonConverter(typeof(JsonStringEnumConverter<AccountKind>))]
public enum AccountKind
{
    User,
    ServicePrincipal,
}
