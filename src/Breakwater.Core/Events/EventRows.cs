using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Events;

/// <summary>
/// The statements that change <c>webhook_event</c>. They keep two invariants, which <c>verify</c> checks: of the waiting events of a lane the first
/// alone has a due time, and <c>webhook.waiting</c> counts those that wait.
/// </summary>
internal static class EventRows
{
    /// <summary>Of one webhook: at about 1 KB each what a receiver leaves behind that is away for long.</summary>
    public const int MaxWaiting = 10_000;

    private const int DeletedAtOnce = 1000;

    /// <returns>False: so many wait that nothing was added.</returns>
    public static bool TryAdd(DbConnection db, NewEvent added, DateTimeOffset now)
    {
        if (db.Execute("UPDATE webhook SET waiting = waiting + 1 WHERE id = @WebhookId AND waiting < @MaxWaiting", new { added.WebhookId, MaxWaiting }) == 0)
            return false;
        Insert(db, added, now);
        return true;
    }

    /// <summary>Puts down that an event was not added.</summary>
    public static void Lose(DbConnection db, Guid webhookId, DateTimeOffset now) =>
        db.Execute("UPDATE webhook SET lost = lost + 1, overflowed_at = COALESCE(overflowed_at, @now) WHERE id = @webhookId", new { webhookId, now });

    private static void Insert(DbConnection db, NewEvent added, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO webhook_event (id, webhook_id, lane, action, payload_format, body, queued_at, due_at)
            VALUES (@Id, @WebhookId, @Lane, @Action, @Format, @Body, @now,
                CASE WHEN EXISTS (SELECT 1 FROM webhook_event w WHERE w.webhook_id = @WebhookId AND w.lane = @Lane AND w.state = 0) THEN NULL ELSE @now END)
        """,
        new { added.Id, added.WebhookId, added.Lane, added.Action, Format = (int)added.PayloadFormat, added.Body, now });

    /// <summary>Puts down that an attempt begins, so that it counts also when the process does not live to its end.</summary>
    /// <returns>Null when the event no longer waits.</returns>
    public static StartedEvent? Begin(DbConnection db, DueEvent due, RetrySchedule retries, DateTimeOffset now)
    {
        if (db.QuerySingleOrDefault<StartedEvent>(
            """
            UPDATE webhook_event SET attempts = attempts + 1 WHERE sequence = @Sequence AND state = 0 AND due_at IS NOT NULL
            RETURNING sequence, id, webhook_id, lane, action, payload_format, body, attempts, queued_at
            """,
            due) is not { } started)
        {
            return null;
        }
        SetDue(db, started.Sequence, now + retries.After(started.Attempts));
        return started;
    }

    public static void Log(DbConnection db, StartedEvent ended, AttemptLog log) => db.Execute(
        "UPDATE webhook_event SET request = @Request, response = @Response WHERE sequence = @Sequence", new { ended.Sequence, log.Request, log.Response });

    public static void SetDue(DbConnection db, long sequence, DateTimeOffset due) =>
        db.Execute("UPDATE webhook_event SET due_at = @due WHERE sequence = @sequence AND state = 0", new { sequence, due });

    public static void Delivered(DbConnection db, StartedEvent ended, DateTimeOffset now)
    {
        End(db, ended, EventState.Delivered, now);
        DueNext(db, ended.WebhookId, ended.Lane, now);
    }

    /// <summary>Gives up an event, and with it what waited behind it for as long.</summary>
    /// <param name="since">What was queued before it is given up.</param>
    /// <returns>How many.</returns>
    public static int GiveUp(DbConnection db, StartedEvent ended, DateTimeOffset since, DateTimeOffset now)
    {
        End(db, ended, EventState.Dead, now);
        var behind = db.Execute(
            """
            UPDATE webhook_event SET state = 2, due_at = NULL, ended_at = @now
            WHERE webhook_id = @WebhookId AND lane = @Lane AND state = 0 AND queued_at <= @since
            """,
            new { ended.WebhookId, ended.Lane, since, now });
        DueNext(db, ended.WebhookId, ended.Lane, now);
        Ended(db, ended.WebhookId, behind);
        return behind + 1;
    }

    /// <summary>Puts events that were given up at the end of their lanes.</summary>
    /// <param name="id">Null: all of the webhook.</param>
    /// <returns>How many; no more than may wait.</returns>
    public static int Redeliver(DbConnection db, Guid webhookId, Guid? id, int limit, DateTimeOffset now)
    {
        var room = MaxWaiting - db.ExecuteScalar<int>("SELECT waiting FROM webhook WHERE id = @webhookId", new { webhookId });
        var dead = db.Query<NewEventRow>(
            """
            DELETE FROM webhook_event WHERE sequence IN (
                SELECT sequence FROM webhook_event WHERE webhook_id = @webhookId AND ended_at IS NOT NULL AND state = 2 AND (@id IS NULL OR id = @id) ORDER BY sequence LIMIT @limit)
            RETURNING sequence, id, webhook_id, lane, action, payload_format, body
            """,
            new { webhookId, id, limit = Math.Min(limit, room) }).OrderBy(row => row.Sequence).ToList();
        foreach (var row in dead)
            TryAdd(db, new NewEvent(row.Id, row.WebhookId, row.Lane, row.Action, row.PayloadFormat, row.Body), now);
        return dead.Count;
    }

    /// <summary>Takes away what has ended: the oldest beyond a number, and what is older than a time.</summary>
    public static int Prune(DbConnection db, Guid webhookId, EventState state, int keep, DateTimeOffset before) => db.Execute(
        """
        DELETE FROM webhook_event WHERE webhook_id = @webhookId AND ended_at IS NOT NULL AND state = @state AND (ended_at < @before OR sequence <= COALESCE(
            (SELECT k.sequence FROM webhook_event k WHERE k.webhook_id = @webhookId AND k.ended_at IS NOT NULL AND k.state = @state ORDER BY k.sequence DESC LIMIT 1 OFFSET @keep), -1))
        """,
        new { webhookId, state = (int)state, keep, before });

    /// <summary>Takes away some events of a webhook that is being deleted.</summary>
    /// <remarks>The youngest first, so that what is left can still be sent: the first of a lane has the due time.</remarks>
    /// <returns>Whether there were any.</returns>
    public static bool DeleteSome(DbConnection db, Guid webhookId)
    {
        var states = db.Query<EventState>(
            """
            DELETE FROM webhook_event WHERE sequence IN (SELECT sequence FROM webhook_event WHERE webhook_id = @webhookId ORDER BY sequence DESC LIMIT @DeletedAtOnce)
            RETURNING state
            """,
            new { webhookId, DeletedAtOnce }).AsList();
        Ended(db, webhookId, states.Count(state => state == EventState.Waiting));
        return states.Count > 0;
    }

    private static void End(DbConnection db, StartedEvent ended, EventState state, DateTimeOffset now) => Ended(db, ended.WebhookId, db.Execute(
        "UPDATE webhook_event SET state = @state, due_at = NULL, ended_at = @now WHERE sequence = @Sequence AND state = 0", new { ended.Sequence, state = (int)state, now }));

    // What was lost is told until the receiver has caught up.
    private static void Ended(DbConnection db, Guid webhookId, int count) => db.Execute(
        """
        UPDATE webhook SET waiting = waiting - @count, overflowed_at = CASE WHEN waiting > @count THEN overflowed_at END, lost = CASE WHEN waiting > @count THEN lost ELSE 0 END
        WHERE id = @webhookId
        """,
        new { webhookId, count });

    private static void DueNext(DbConnection db, Guid webhookId, string lane, DateTimeOffset now) => db.Execute(
        """
        UPDATE webhook_event SET due_at = @now WHERE due_at IS NULL AND sequence =
            (SELECT MIN(sequence) FROM webhook_event WHERE webhook_id = @webhookId AND lane = @lane AND state = 0)
        """,
        new { webhookId, lane, now });

    private sealed record NewEventRow
    {
        public long Sequence { get; init; }
        public Guid Id { get; init; }
        public Guid WebhookId { get; init; }
        public string Lane { get; init; } = "";
        public string Action { get; init; } = "";
        public PayloadFormat PayloadFormat { get; init; }
        public byte[] Body { get; init; } = [];
    }
}
