using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Metadata;
using Breakwater.Oci;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>Private endpoints: the registry's side, which approves and rejects. https://learn.microsoft.com/rest/api/containerregistry/private-endpoint-connections</summary>
public sealed class ConnectionDecisions(IMetadataDatabase database, PrivateConnections connections)
{
    private const int MaxDescription = 140;

    /// <summary>By name.</summary>
    public ImmutableArray<PrivateConnection> List(ManagementAccess access)
    {
        access.Demand(ManagementActions.PrivateEndpointConnectionsRead);
        return connections.Of(access.Registry!.Id);
    }

    /// <returns>Null when there is none.</returns>
    public PrivateConnection? Find(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.PrivateEndpointConnectionsRead);
        return Find(access.Registry!.Id, name);
    }

    /// <summary>Counts from the next request on, and cuts what was let in by it.</summary>
    /// <param name="isApproved">False: it is rejected.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidValueException">Its private endpoint is gone.</exception>
    /// <exception cref="OciException"><c>Denied</c>: approving is a right of its own.</exception>
    public Task<PrivateConnection?> DecideAsync(ManagementAccess access, string name, bool isApproved, string? description)
    {
        access.Demand(ManagementActions.PrivateEndpointConnectionsWrite);
        if (isApproved)
            access.Demand(ManagementActions.PrivateEndpointConnectionsApproval);
        DisplayText.Require(description, "The description", MaxDescription);
        return connections.InTurnAsync(async () =>
        {
            if (Find(access.Registry!.Id, name) is not { } before)
                return null;
            if (before.Status == ConnectionStatus.Disconnected)
                throw new InvalidValueException($"The private endpoint of {before.Name} is gone, so nothing is left to decide. Delete the connection.");
            var after = before with { Status = isApproved ? ConnectionStatus.Approved : ConnectionStatus.Rejected, Description = description ?? before.Description };
            await database.WriteAsync(db => ConnectionRow.Write(db, after));
            await connections.RefreshAsync(after.RegistryId);
            return after;
        });
    }

    public Task<bool> DeleteAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.PrivateEndpointConnectionsDelete);
        return connections.InTurnAsync(async () =>
        {
            if (Find(access.Registry!.Id, name) is not { } there)
                return false;
            await database.WriteAsync(db => ConnectionRow.Delete(db, there.Id));
            await connections.RefreshAsync(there.RegistryId);
            return true;
        });
    }

    private PrivateConnection? Find(Guid registryId, string name) =>
        connections.Of(registryId).FirstOrDefault(connection => connection.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
