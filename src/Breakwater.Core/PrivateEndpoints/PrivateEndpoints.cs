using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>Private endpoints: the side that asks. https://learn.microsoft.com/rest/api/virtualnetwork/private-endpoints</summary>
public sealed class PrivateEndpoints(IMetadataDatabase database, PrivateConnections connections, TimeProvider clock)
{
    private const int MaxName = 80, MaxMessage = 140;

    /// <summary>By name.</summary>
    public async Task<Page<PrivateEndpoint>> ListAsync(ManagementAccess access, string? after, int limit)
    {
        Demand(access, ManagementActions.PrivateEndpointsRead);
        var rows = await database.ReadAsync(db => Task.FromResult(PrivateEndpointRow.List(db, after ?? "", limit + 1)));
        return Page<PrivateEndpoint>.Of(rows, limit, endpoint => endpoint.Name, WithConnection);
    }

    /// <returns>Null when there is none.</returns>
    public async Task<PrivateEndpoint?> FindAsync(ManagementAccess access, string name)
    {
        Demand(access, ManagementActions.PrivateEndpointsRead);
        return await FindAsync(name);
    }

    /// <summary>Asks for a connection. It is approved at once if the caller may approve, and else waits for somebody who may.</summary>
    /// <remarks>
    /// Other terms than before are another question, with a connection of its own: what was approved is not what is asked for now, and whoever has
    /// read the old terms cannot approve the new ones by the old name.
    /// </remarks>
    /// <exception cref="InvalidValueException">Something is not valid; the message says what to do.</exception>
    /// <exception cref="BeyondTierException">The registry has as many as its tier holds.</exception>
    public async Task<(PrivateEndpoint Endpoint, bool IsNew)> PutAsync(ManagementAccess access, string name, EndpointRequest request)
    {
        Demand(access, ManagementActions.PrivateEndpointsWrite);
        if (ManagementAccess.Decide(access.Caller, request.Target, ManagementActions.RegistriesRead) is null)
            throw new OciException(OciErrors.Denied);
        RequireName(name);
        DisplayText.Require(request.Message, "The request message", MaxMessage);
        var isApproved = !request.IsManual && ManagementAccess.Decide(access.Caller, request.Target, ManagementActions.PrivateEndpointConnectionsApproval) is not null;
        return await connections.InTurnAsync(async () =>
        {
            var before = await FindAsync(name);
            if (before is not null && before.RegistryId != request.Target.Id)
                throw new InvalidValueException($"The private endpoint {before.Name} leads to another registry. Delete it first, or choose another name.");
            var connection = Ask(before, name, request, isApproved ? ConnectionStatus.Approved : ConnectionStatus.Pending);
            var endpoint = (before ?? New(name, request.Target)) with { ConnectionId = connection.Id, RequestMessage = request.Message, Tags = ResourceTags.Serialize(request.Tags), Connection = connection };
            var replaced = before?.Connection is { Status: not ConnectionStatus.Disconnected } there && there.Id != connection.Id ? there : null;
            await database.WriteAsync(db => Write(db, endpoint, replaced, request.Target));
            await connections.RefreshAsync(request.Target.Id);
            return (endpoint, before is null);
        });
    }

    /// <summary>From the next request on nobody comes in by it.</summary>
    public Task<bool> DeleteAsync(ManagementAccess access, string name)
    {
        Demand(access, ManagementActions.PrivateEndpointsDelete);
        return connections.InTurnAsync(async () =>
        {
            if (await FindAsync(name) is not { } endpoint)
                return false;
            await database.WriteAsync(db =>
            {
                ConnectionRow.Disconnect(db, endpoint.ConnectionId);
                return PrivateEndpointRow.Delete(db, endpoint.Id);
            });
            await connections.RefreshAsync(endpoint.RegistryId);
            return true;
        });
    }

    // They stand in the first resource group, whichever group the proof is for.
    private static void Demand(ManagementAccess access, string action)
    {
        access.Demand(action);
        if (!access.Allows(RoleScope.DefaultGroup, action))
            throw new OciException(OciErrors.Denied);
    }

    private PrivateConnection Ask(PrivateEndpoint? before, string name, EndpointRequest request, ConnectionStatus status)
    {
        if (before?.Connection is { Status: not ConnectionStatus.Disconnected } there && there.Terms.Equals(request.Terms))
            return there;
        var id = Guid.NewGuid();
        return new PrivateConnection
        {
            Id = id,
            RegistryId = request.Target.Id,
            Name = $"{name}.{id:D}",
            EndpointName = name,
            Terms = request.Terms,
            Status = status,
            Description = request.Message,
            CreatedAt = Now(),
        };
    }

    private static bool Write(DbConnection db, PrivateEndpoint endpoint, PrivateConnection? replaced, Registry target)
    {
        if (replaced is not null)
            ConnectionRow.Delete(db, replaced.Id);
        ConnectionRow.Write(db, endpoint.Connection!);
        PrivateEndpointRow.Write(db, endpoint);
        TierRules.RequireCounts(db, target);
        return true;
    }

    private PrivateEndpoint New(string name, Registry target) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        RegistryId = target.Id,
        RegistryName = target.Name,
        ConnectionId = Guid.Empty,
        RequestMessage = "",
        Tags = "{}",
        CreatedAt = Now(),
    };

    private async Task<PrivateEndpoint?> FindAsync(string name) =>
        await database.ReadAsync(db => Task.FromResult(PrivateEndpointRow.Find(db, name))) is { } found ? WithConnection(found) : null;

    private PrivateEndpoint WithConnection(PrivateEndpoint endpoint) =>
        endpoint with { Connection = connections.Of(endpoint.RegistryId).FirstOrDefault(connection => connection.Id == endpoint.ConnectionId) };

    // As the column keeps it, so that the answer to its creation is what is shown later.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static void RequireName(string name)
    {
        if (name.Length is 0 or > MaxName || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new InvalidValueException($"'{name}' is no name of a private endpoint. Use 1 to {MaxName} letters, digits, dots, underscores and dashes, beginning with a letter or digit.");
    }
}
