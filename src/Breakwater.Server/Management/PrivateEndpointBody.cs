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
    /// <param name="Listener">Name of a private listener. Not Azure's, which has a subnet alone.</param>
    /// <param name="SourcePrefixes">Networks of its clients. Not Azure's. Left out with a subnet: those of the subnet.</param>
    /// <param name="ClientCertificateAuthority">PEM. Not Azure's.</param>
    internal sealed record Members(
        IReadOnlyList<Link?>? PrivateLinkServiceConnections, IReadOnlyList<Link?>? ManualPrivateLinkServiceConnections, string? Listener, IReadOnlyList<string?>? SourcePrefixes,
        string? ClientCertificateAuthority, SubnetReference? Subnet, JsonElement? ProvisioningState, JsonElement? CustomDnsConfigs, JsonElement? NetworkInterfaces);

    /// <param name="Id">Of a private listener's subnet.</param>
    internal sealed record SubnetReference(string? Id);

    internal sealed record Link(string? Name, LinkMembers? Properties, JsonElement? Id, JsonElement? Type, JsonElement? Etag);

    internal sealed record LinkMembers(
        string? PrivateLinkServiceId, IReadOnlyList<string?>? GroupIds, string? RequestMessage, JsonElement? PrivateLinkServiceConnectionState, JsonElement? ProvisioningState);

    /// <exception cref="OciException"><c>InvalidRequest</c>; the message names the member.</exception>
    /// <param name="find">The registry of a resource id, if the caller may read it.</param>
    public EndpointRequest ToRequest(PrivateListeners listeners, SubnetResource subnets, Func<string, Registry?> find)
    {
        if (Location is not null && !Location.Equals(RegistryResource.Location, StringComparison.OrdinalIgnoreCase))
            throw Invalid($"location must be {RegistryResource.Location}.");
        var (link, isManual) = LinkOf();
        if (link.GroupIds is { } groups && groups.Any(group => group is not "registry"))
            throw Invalid("groupIds may hold registry and nothing else.");
        var target = find(link.PrivateLinkServiceId ?? "") ?? throw Invalid("privateLinkServiceId must be the resource id of a registry that you may look at.");
        return new EndpointRequest(target, TermsOf(Properties!, listeners, subnets), isManual, link.RequestMessage ?? "", Tags ?? []);
    }

    private static ConnectionTerms TermsOf(Members members, PrivateListeners listeners, SubnetResource subnets)
    {
        if (members.Subnet is not { } subnet)
            return ConnectionTerms.Require(listeners.Require(members.Listener).Name, (members.SourcePrefixes ?? []).Select(prefix => prefix ?? ""), members.ClientCertificateAuthority);
        var named = subnets.FindById(subnet.Id ?? "")
            ?? throw Invalid($"properties.subnet.id is no subnet of the virtual network {SubnetResource.NetworkName}. It has one for each private listener whose networks the server's operator names (--private-networks).");
        if (members.Listener is { } listener && listener != named.Name)
            throw Invalid("properties.listener is another one than that of properties.subnet. Leave one of them out.");
        // As tools do that read, change one thing and write all of it; who writes the subnet alone means its networks.
        return ConnectionTerms.Require(named.Name, members.SourcePrefixes?.Select(prefix => prefix ?? "") ?? listeners.NetworksOf(named).Select(network => network.Text), members.ClientCertificateAuthority);
    }

    private (LinkMembers Link, bool IsManual) LinkOf() => (Properties?.PrivateLinkServiceConnections ?? [], Properties?.ManualPrivateLinkServiceConnections ?? []) switch
    {
        ([{ Properties: { } automatic }], []) => (automatic, false),
        ([], [{ Properties: { } manual }]) => (manual, true),
        _ => throw Invalid("A private endpoint needs one entry in properties.privateLinkServiceConnections, or one in manualPrivateLinkServiceConnections."),
    };

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidRequest, message);
}
