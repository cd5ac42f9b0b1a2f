using System.Collections.Concurrent;
using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Core.Tokens;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>
/// What a person's tokens of the built-in issuer belong to. A refresh token counts once: who brings a used one, or a used authorization code, ends the
/// session, since either that one or whoever used it before has stolen it. https://www.rfc-editor.org/rfc/rfc9700#section-4.14
/// </summary>
/// <remarks>
/// All that live are in memory, so that access tokens can be asked about on every request. The memory changes where the rows do, on the one
/// writing thread: nobody can put an ended one back.
/// </remarks>
public sealed class SignInSessions(IMetadataDatabase database, TimeProvider clock)
{
    /// <summary>
    /// How long the token before the newest one still counts, and gives the newest one again: two programs of one person (two runs of az) may
    /// use the same token at the same moment.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Sessions of one person; the one that was not used for the longest time gives way.</summary>
    public const int MaxSessions = 1000;

    private readonly ConcurrentDictionary<Guid, bool> _live = new();

    public bool IsLive(Guid id) => _live.ContainsKey(id);

    public async Task LoadAsync()
    {
        foreach (var id in await database.ReadAsync(db => db.QueryAsync<Guid>("SELECT id FROM sign_in_session")))
            _live[id] = true;
    }

    /// <summary>Begins one, after a password or a device's code.</summary>
    public async Task<SessionTurn> BeginAsync(Guid principalId)
    {
        var id = Guid.NewGuid();
        return (await WriteAsync(id, db => Insert(db, id, principalId)))!;
    }

    /// <summary>Begins the one that an authorization code stands for. The code counts once; when it comes again, what it gave ends.</summary>
    /// <returns>Null when it came before.</returns>
    public Task<SessionTurn?> RedeemAsync(Guid code, Guid principalId) => WriteAsync(code, db =>
    {
        if (UsedTokens.TryUse(db, "code", "", code.ToString("N"), clock.GetUtcNow(), NextExpiry))
            return Insert(db, code, principalId);
        Remove(db, "id = @code", new { code });
        return null;
    });

    /// <summary>A refresh token is used: the next one is good from now on. A token that was used before ends the session.</summary>
    /// <returns>Null when the session has ended, before or by this.</returns>
    public async Task<SessionTurn?> TurnAsync(SessionTurn presented) => await database.WriteAsync(db =>
    {
        var now = clock.GetUtcNow();
        if (db.QuerySingleOrDefault<Row>("SELECT turn, turned_at FROM sign_in_session WHERE id = @SessionId AND expires_at >= @now", new { presented.SessionId, now }) is not { } row)
            return null;
        if (presented.Turn == row.Turn - 1 && (now - row.TurnedAt).Duration() <= Grace)
            return presented with { Turn = row.Turn };
        if (presented.Turn != row.Turn)
        {
            Remove(db, "id = @SessionId", presented);
            return null;
        }
        db.Execute(
            "UPDATE sign_in_session SET turn = turn + 1, turned_at = @now, expires_at = @NextExpiry WHERE id = @SessionId", new { presented.SessionId, now, NextExpiry });
        return presented with { Turn = row.Turn + 1 };
    });

    private DateTimeOffset NextExpiry => clock.GetUtcNow() + DirectoryTokenDefaults.SessionLifetime + TokenDefaults.ClockSkew;

    private async Task<SessionTurn?> WriteAsync(Guid id, Func<DbConnection, SessionTurn?> write)
    {
        try
        {
            return await database.WriteAsync(write);
        }
        catch
        {
            // Nobody was given anything for it.
            _live.TryRemove(id, out _);
            throw;
        }
    }

    private SessionTurn Insert(DbConnection db, Guid id, Guid principalId)
    {
        var now = clock.GetUtcNow();
        Remove(db, "expires_at < @now", new { now });
        Remove(
            db, "id IN (SELECT id FROM sign_in_session WHERE principal_id = @principalId ORDER BY turned_at DESC, id LIMIT -1 OFFSET @kept)",
            new { principalId, kept = MaxSessions - 1 });
        db.Execute(
            "INSERT INTO sign_in_session (id, principal_id, turn, turned_at, expires_at) VALUES (@id, @principalId, 1, @now, @NextExpiry)", new { id, principalId, now, NextExpiry });
        _live[id] = true;
        return new SessionTurn(id, 1);
    }

    private void Remove(DbConnection db, string condition, object parameters)
    {
        foreach (var gone in db.Query<Guid>($"DELETE FROM sign_in_session WHERE {condition} RETURNING id", parameters).AsList())
            _live.TryRemove(gone, out _);
    }

    private sealed record Row
    {
        public required int Turn { get; init; }
        public required DateTimeOffset TurnedAt { get; init; }
    }
}
