using System.Data.Common;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Repositories;

/// <summary>Where a page of tags or manifests begins, as a piece of SQL. An item's key is its name or digest.</summary>
/// <param name="Clause">Follows the other conditions of a statement.</param>
/// <param name="At">Parameter of the clause, beside the last key.</param>
internal sealed record ItemCursor(string Clause, long At)
{
    /// <exception cref="OciException"><c>BadRequest</c>: in an order of time the last item must be there, or its time be given.</exception>
    public static async Task<ItemCursor> FindAsync(DbConnection db, Guid repositoryId, string table, string key, ItemQuery query) => query.Order switch
    {
        ItemOrder.TimeAscending => new($"AND (updated_at, {key}) > (@At, @last) ORDER BY updated_at, {key} LIMIT @limit", await TimeAsync(db, repositoryId, table, key, query, -1)),
        ItemOrder.TimeDescending => new(
            $"AND (updated_at, {key}) < (@At, @last) ORDER BY updated_at DESC, {key} DESC LIMIT @limit", await TimeAsync(db, repositoryId, table, key, query, long.MaxValue)),
        _ => new($"AND {key} > @last ORDER BY {key} LIMIT @limit", 0),
    };

    private static async Task<long> TimeAsync(DbConnection db, Guid repositoryId, string table, string key, ItemQuery query, long start)
    {
        if (query.Last is null)
            return start;
        if (query.LastAt is { } known)
            return known.ToUnixTimeMilliseconds();
        return await db.ExecuteScalarAsync<long?>($"SELECT updated_at FROM {table} WHERE repository_id = @repositoryId AND {key} = @Last", new { repositoryId, query.Last })
            ?? throw new OciException(OciErrors.BadRequest, "What last names is not there any more, so its time is unknown. Follow the Link header, or begin anew.");
    }
}
