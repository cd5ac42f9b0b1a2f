using System.Data.Common;
using Dapper;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>The SQL of <c>private_endpoint</c>.</summary>
internal static class PrivateEndpointRow
{
    private const string Select = "SELECT id, name, registry_id, registry_name, connection_id, request_message, tags, created_at FROM private_endpoint";

    public static PrivateEndpoint? Find(DbConnection db, string name) => db.QuerySingleOrDefault<PrivateEndpoint>($"{Select} WHERE name = @name", new { name });

    public static IReadOnlyList<PrivateEndpoint> List(DbConnection db, string after, int limit) =>
        db.Query<PrivateEndpoint>($"{Select} WHERE name > @after ORDER BY name LIMIT @limit", new { after, limit }).AsList();

    /// <summary>Puts it in the place of what it was.</summary>
    public static int Write(DbConnection db, PrivateEndpoint endpoint) => db.Execute(
        """
        INSERT INTO private_endpoint (id, name, registry_id, registry_name, connection_id, request_message, tags, created_at)
            VALUES (@Id, @Name, @RegistryId, @RegistryName, @ConnectionId, @RequestMessage, @Tags, @CreatedAt)
        ON CONFLICT (id) DO UPDATE SET connection_id = @ConnectionId, request_message = @RequestMessage, tags = @Tags
        """,
        new { endpoint.Id, endpoint.Name, endpoint.RegistryId, endpoint.RegistryName, endpoint.ConnectionId, endpoint.RequestMessage, endpoint.Tags, endpoint.CreatedAt });

    public static int Delete(DbConnection db, Guid id) => db.Execute("DELETE FROM private_endpoint WHERE id = @id", new { id });
}
