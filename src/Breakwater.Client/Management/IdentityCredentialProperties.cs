using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials</summary>
public sealed record IdentityCredentialProperties : OpenRecord
{
    /// <summary>Exactly as the token's <c>iss</c> has it.</summary>
    public string? Issuer { get; init; }

    /// <summary>Exactly as the token's <c>sub</c> has it.</summary>
    public string? Subject { get; init; }

    /// <summary>Exactly one.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }
}
