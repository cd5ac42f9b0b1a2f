using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>What counts only once: authorization codes, client assertions, tokens of other issuers.</summary>
public sealed class UsedTokens(IMetadataDatabase database, TimeProvider clock)
{
    /// <summary>Notes that it was used; durable before anything is given for it.</summary>
    /// <param name="kind">So that no id of one kind stands for one of another.</param>
    /// <param name="issuer">Who made the id; two issuers may make the same.</param>
    /// <param name="expiresAt">From when on it is refused for its age.</param>
    /// <returns>False when it was used before.</returns>
    public Task<bool> TryUseAsync(string kind, string issuer, string id, DateTimeOffset expiresAt) =>
        database.WriteAsync(db => TryUse(db, kind, issuer, id, clock.GetUtcNow(), expiresAt));

    /// <summary>The same, together with what is given for it.</summary>
    internal static bool TryUse(DbConnection db, string kind, string issuer, string id, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{issuer.Length}\n{issuer}\n{id}"));
        db.Execute("DELETE FROM used_token WHERE expires_at < @now", new { now });
        return db.Execute("INSERT INTO used_token (hash, expires_at) VALUES (@hash, @expiresAt) ON CONFLICT DO NOTHING", new { hash, expiresAt }) > 0;
    }
}
