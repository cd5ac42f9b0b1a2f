using System.Data.Common;
using Breakwater.Core.Network;
using Breakwater.Core.Policies;
using Dapper;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>A row of <c>private_endpoint_connection</c>.</summary>
internal sealed record ConnectionRow
{
    private const string Select = "SELECT id, registry_id, name, endpoint_name, listener, source_prefixes, client_ca, status, description, created_at FROM private_endpoint_connection";

    public required Guid Id { get; init; }
    public required Guid RegistryId { get; init; }
    public required string Name { get; init; }
    public required string EndpointName { get; init; }
    public required string Listener { get; init; }
    public required string SourcePrefixes { get; init; }
    public required string ClientCa { get; init; }
    public required int Status { get; init; }
    public required string Description { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public static IReadOnlyList<PrivateConnection> ReadAll(DbConnection db) => [.. db.Query<ConnectionRow>($"{Select} ORDER BY name").Select(row => row.ToConnection())];

    public static IReadOnlyList<PrivateConnection> ReadAll(DbConnection db, Guid registryId) =>
        [.. db.Query<ConnectionRow>($"{Select} WHERE registry_id = @registryId ORDER BY name", new { registryId }).Select(row => row.ToConnection())];

    /// <summary>Puts it in the place of what it was. Its terms never change.</summary>
    public static int Write(DbConnection db, PrivateConnection connection) => db.Execute(
        """
        INSERT INTO private_endpoint_connection (id, registry_id, name, endpoint_name, listener, source_prefixes, client_ca, status, description, created_at)
            VALUES (@Id, @RegistryId, @Name, @EndpointName, @Listener, @prefixes, @authority, @status, @Description, @CreatedAt)
        ON CONFLICT (id) DO UPDATE SET status = @status, description = @Description
        """,
        new
        {
            connection.Id,
            connection.RegistryId,
            connection.Name,
            connection.EndpointName,
            connection.Terms.Listener,
            prefixes = string.Join('\n', connection.Terms.SourcePrefixes),
            authority = connection.Terms.ClientAuthority ?? "",
            status = (int)connection.Status,
            connection.Description,
            connection.CreatedAt,
        });

    /// <summary>Its endpoint is gone. It may be gone itself.</summary>
    public static int Disconnect(DbConnection db, Guid id) => db.Execute(
        "UPDATE private_endpoint_connection SET status = @status, description = 'The private endpoint was deleted.' WHERE id = @id", new { id, status = (int)ConnectionStatus.Disconnected });

    public static int Delete(DbConnection db, Guid id) => db.Execute("DELETE FROM private_endpoint_connection WHERE id = @id", new { id });

    // What is not known lets nobody in.
    private PrivateConnection ToConnection() => new()
    {
        Id = Id,
        RegistryId = RegistryId,
        Name = Name,
        EndpointName = EndpointName,
        Terms = new ConnectionTerms(Listener, [.. PolicyRow.Lines(SourcePrefixes).Select(AddressRange.Parse)], ClientCa.Length == 0 ? null : ClientCa),
        Status = Enum.IsDefined((ConnectionStatus)Status) && (SourcePrefixes.Length > 0 || ClientCa.Length > 0) ? (ConnectionStatus)Status : ConnectionStatus.Disconnected,
        Description = Description,
        CreatedAt = CreatedAt,
    };
}
