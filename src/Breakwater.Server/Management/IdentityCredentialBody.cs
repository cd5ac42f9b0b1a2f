using System.Text.Json;

namespace Breakwater.Server.Management;

/// <summary>A federated credential of a managed identity as clients send it.</summary>
internal sealed record IdentityCredentialBody(IdentityCredentialBody.Members? Properties, JsonElement? Id, JsonElement? Name, JsonElement? Type, JsonElement? SystemData)
{
    /// <param name="Audiences">Exactly one: this installation's own.</param>
    internal sealed record Members(string? Issuer, string? Subject, IReadOnlyList<string?>? Audiences);
}
