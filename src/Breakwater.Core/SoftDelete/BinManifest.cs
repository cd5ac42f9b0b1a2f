using System.Data.Common;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>The part of a row of <c>deleted_manifest</c> that a restore needs.</summary>
internal sealed record BinManifest
{
    public SignatureKind SignatureKind { get; init; }

    public DateTimeOffset DeletedAt { get; init; }

    /// <returns>Null when the bin has none.</returns>
    public static BinManifest? Find(DbConnection db, BinKey key) => db.QueryFirstOrDefault<BinManifest>(
        $"SELECT COALESCE(signature_kind, 0) AS signature_kind, deleted_at FROM deleted_manifest WHERE {BinKey.OfManifest}", key);

    /// <summary>Children of an index in the bin, wherever they are.</summary>
    public static IReadOnlyList<string> ChildrenOf(DbConnection db, BinKey key) =>
        db.Query<string>($"SELECT target FROM deleted_manifest_edge WHERE {BinKey.OfEdges} AND kind = 2 ORDER BY target", key).AsList();

    /// <summary>Of a manifest that is there: what it refers to, if that is in the bin.</summary>
    public static string? FindDeletedSubject(DbConnection db, BinKey key) => db.ExecuteScalar<string>(
        """
        SELECT d.digest FROM manifest m JOIN deleted_manifest d ON d.registry_id = @RegistryId AND d.repository = @Repository AND d.digest = m.subject
        WHERE m.repository_id = @Id AND m.digest = @Digest
        """,
        key);
}
