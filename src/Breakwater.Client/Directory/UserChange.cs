using System.Text.Json.Serialization;

namespace Breakwater.Client.Directory;

/// <summary>What is sent to make or change a user. Null leaves a member as it is.</summary>
public sealed record UserChange
{
    public string? UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    public bool? AccountEnabled { get; init; }

    [JsonIgnore]
    public string? Password { get; init; }

    public object? PasswordProfile => Password is null ? null : new { password = Password, forceChangePasswordNextSignIn = false };

    public override string ToString() => $"{UserPrincipalName} {DisplayName}";
}
