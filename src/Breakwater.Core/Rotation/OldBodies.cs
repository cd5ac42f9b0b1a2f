using System.Data.Common;
using Breakwater.Core.Storage;
using Dapper;

namespace Breakwater.Core.Rotation;

/// <summary>Where bodies of manifests stand: in a repository, or in a registry's recycle bin.</summary>
internal sealed class OldBodies
{
    private readonly string _table, _owner, _name;
    private readonly Guid _id;

    private OldBodies(string table, string owner, string name, Guid id) => (_table, _owner, _name, _id) = (table, owner, name, id);

    public static OldBodies OfRepository(Guid id) => new("manifest", "repository_id", "''", id);

    public static OldBodies OfBin(Guid registryId) => new("deleted_manifest", "registry_id", "repository", registryId);

    /// <param name="after">Null: from the first.</param>
    public async Task<IReadOnlyList<OldBody>> ReadAsync(DbConnection db, int epoch, OldBody? after, int limit) => (await db.QueryAsync<OldBody>(
        $"""
        SELECT {_name} AS repository, digest, size_bytes, epoch, body_id, body FROM {_table}
        WHERE {_owner} = @_id AND ({_name}, digest) > (@afterRepository, @afterDigest) AND epoch < @epoch ORDER BY {_name}, digest LIMIT @limit
        """,
        new { _id, epoch, afterRepository = after?.Repository ?? "", afterDigest = after?.Digest ?? "", limit })).AsList();

    /// <returns>False when the body is no longer the old one.</returns>
    public bool Replace(DbConnection db, OldBody before, SealedRow after) => db.Execute(
        $"UPDATE {_table} SET epoch = @Epoch, body = @Bytes WHERE {_owner} = @_id AND {_name} = @Repository AND digest = @Digest AND body_id = @BodyId AND epoch = @Old",
        new { after.Epoch, after.Bytes, _id, before.Repository, before.Digest, before.BodyId, Old = before.Epoch }) > 0;
}
