using System.Text.Json;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>A decision about a private endpoint connection. What only the server writes may come back to it and is not looked at.</summary>
internal sealed record PrivateConnectionBody(PrivateConnectionBody.Members? Properties, JsonElement? Id, JsonElement? Name, JsonElement? Type, JsonElement? SystemData)
{
    private const string Approved = "Approved", Rejected = "Rejected";

    internal sealed record Members(
        State? PrivateLinkServiceConnectionState, JsonElement? PrivateEndpoint, JsonElement? ProvisioningState, JsonElement? GroupIds, JsonElement? Listener, JsonElement? SourcePrefixes,
        JsonElement? ClientCertificateAuthority);

    /// <param name="Status">Approved or Rejected.</param>
    internal sealed record State(string? Status, string? Description, string? ActionsRequired);

    public string? Description => Properties?.PrivateLinkServiceConnectionState?.Description;

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public bool IsApproved() => Properties?.PrivateLinkServiceConnectionState?.Status switch
    {
        { } status when status.Equals(Approved, StringComparison.OrdinalIgnoreCase) => true,
        { } status when status.Equals(Rejected, StringComparison.OrdinalIgnoreCase) => false,
        _ => throw new OciException(ManagementErrors.InvalidRequest, $"properties.privateLinkServiceConnectionState.status must be {Approved} or {Rejected}."),
    };
}
