using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Which tokens of other issuers stand for which users. They are written with the user, by <see cref="UserAccounts"/>.</summary>
public sealed class UserIdentities(IMetadataDatabase database)
{
    /// <summary>Identities that one user can have at a time.</summary>
    public const int MaxIdentities = 10;

    /// <summary>Those of some users, by the user's id.</summary>
    public async Task<ILookup<Guid, UserIdentity>> ListAsync(ManagementAccess access, IEnumerable<Guid> userIds)
    {
        access.Demand(ManagementActions.DirectoryRead);
        var rows = await database.ReadAsync(db => db.QueryAsync<Row>(
            "SELECT user_id, issuer, subject FROM user_identity WHERE user_id IN @ids ORDER BY issuer, subject", new { ids = userIds.Select(id => id.ToString("N")) }));
        return rows.ToLookup(row => row.UserId, row => new UserIdentity(row.Issuer, row.Subject));
    }

    /// <summary>For a verified token of a trusted issuer; null when it stands for no person.</summary>
    internal Task<Guid?> FindAsync(string issuer, string subject) => database.ReadAsync(db => db.QuerySingleOrDefaultAsync<Guid?>(
        "SELECT user_id FROM user_identity WHERE issuer = @issuer AND subject = @subject", new { issuer, subject }));

    /// <summary>Puts these in the place of all that the user had.</summary>
    /// <returns>Whether one that it had is gone, so that what was given for it must end.</returns>
    /// <exception cref="InvalidValueException">Another user has one of them, or there are too many; the message says what to do.</exception>
    internal static bool Replace(DbConnection db, Guid userId, IReadOnlyCollection<UserIdentity> wanted, DateTimeOffset now)
    {
        if (wanted.Count > MaxIdentities)
            throw new InvalidValueException($"A user has at most {MaxIdentities} identities.");
        var old = db.Query<Row>("SELECT user_id, issuer, subject FROM user_identity WHERE user_id = @userId", new { userId }).Select(row => new UserIdentity(row.Issuer, row.Subject)).ToList();
        foreach (var gone in old.Except(wanted))
            db.Execute("DELETE FROM user_identity WHERE issuer = @Issuer AND subject = @Subject", gone);
        foreach (var added in wanted.Except(old))
        {
            if (db.Execute("INSERT INTO user_identity (issuer, subject, user_id, created_at) VALUES (@Issuer, @Subject, @userId, @now) ON CONFLICT DO NOTHING", new { added.Issuer, added.Subject, userId, now }) == 0)
                throw new InvalidValueException($"Another user has the identity '{added.Subject}' of {added.Issuer} already. Take it away there first.");
        }
        return old.Except(wanted).Any();
    }

    private sealed record Row
    {
        public required Guid UserId { get; init; }
        public required string Issuer { get; init; }
        public required string Subject { get; init; }
    }
}
