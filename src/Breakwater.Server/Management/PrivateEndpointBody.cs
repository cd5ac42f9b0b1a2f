using System.Text.Json;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>A private endpoint as clients send it. What only the server writes may come back to it and is not looked at.</summary>
internal sealed record PrivateEndpointBody(
    string? Location, Dictionary<string, string>? Tags, PrivateEndpointBody.Members? Properties, JsonElement? Id, JsonElement? Name, JsonElement? Type, JsonElement? Etag)
{
    /// <param name="PrivateLinkServiceConnections">One, or one of the next: what it leads to.</param>
    /// <param name="ManualPrivateLinkServiceConnections">The same, to be approved by somebody else in any case.</param>
    /// <param name="Listener">Name of a private listener. Not Azure's, which has a subnet instead.</param>
    /// <param name="SourcePrefixes">Networks of its clients. Not Azure's.</param>
    /// <param name="ClientCertificateAuthority">PEM. Not Azure's.</param>
    internal sealed record Members(
        IReadOnlyList<Link?>? PrivateLinkServiceConnections, IReadOnlyList<Link?>? ManualPrivateLinkServiceConnections, string? Listener, IReadOnlyList<string?>? SourcePrefixes,
        string? ClientCertificateAuthority, JsonElement? Subnet, JsonElement? ProvisioningState, JsonElement? CustomDnsConfigs, JsonElement? NetworkInterfaces);

    internal sealed record Link(string? Name, LinkMembers? Properties, JsonElement? Id, JsonElement? Type, JsonElement? Etag);

    internal sealed record LinkMembers(
        string? PrivateLinkServiceId, IReadOnlyList<string?>? GroupIds, string? RequestMessage, JsonElement? PrivateLinkServiceConnectionState, JsonElement? ProvisioningState);

    /// <exception cref="OciException"><c>InvalidRequest</c>; the message names the member.</exception>
    /// <param name="find">The registry of a resource id, if the caller may read it.</param>
    public EndpointRequest ToRequest(PrivateListeners listeners, Func<string, Registry?> find)
    {
        if (Location is not null && !Location.Equals(RegistryResource.Location, StringComparison.OrdinalIgnoreCase))
            throw Invalid($"location must be {RegistryResource.Location}.");
        if (Properties?.Subnet is { ValueKind: not JsonValueKind.Null })
            throw Invalid("properties.subnet is Azure's. Name a private listener of the server in properties.listener.");
        var (link, isManual) = LinkOf();
        if (link.GroupIds is { } groups && groups.Any(group => group is not "registry"))
            throw Invalid("groupIds may hold registry and nothing else.");
        var target = find(link.PrivateLinkServiceId ?? "") ?? throw Invalid("privateLinkServiceId must be the resource id of a registry that you may look at.");
        var terms = ConnectionTerms.Require(listeners.Require(Properties!.Listener).Name, (Properties.SourcePrefixes ?? []).Select(prefix => prefix ?? ""), Properties.ClientCertificateAuthority);
        return new EndpointRequest(target, terms, isManual, link.RequestMessage ?? "", Tags ?? []);
    }

    private (LinkMembers Link, bool IsManual) LinkOf() => (Properties?.PrivateLinkServiceConnections ?? [], Properties?.ManualPrivateLinkServiceConnections ?? []) switch
    {
        ([{ Properties: { } automatic }], []) => (automatic, false),
        ([], [{ Properties: { } manual }]) => (manual, true),
        _ => throw Invalid("A private endpoint needs one entry in properties.privateLinkServiceConnections, or one in manualPrivateLinkServiceConnections."),
    };

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidRequest, message);
}
