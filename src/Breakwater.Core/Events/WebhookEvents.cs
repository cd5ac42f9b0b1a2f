using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Events;

/// <summary>The log of a webhook, and what can be asked of it.</summary>
public sealed class WebhookEvents(IMetadataDatabase database, EventOutbox outbox, TimeProvider clock)
{
    /// <summary>Sent anew by one call.</summary>
    public const int MaxRedelivered = 1000;

    /// <summary>The latest, newest first.</summary>
    /// <param name="state">Null: whatever became of them.</param>
    /// <returns>Null when there is no such webhook.</returns>
    public Task<IReadOnlyList<WebhookEvent>?> ListAsync(ManagementAccess access, string name, EventState? state, int limit)
    {
        access.Demand(ManagementActions.WebhooksListEvents);
        return database.ReadAsync<IReadOnlyList<WebhookEvent>?>(async db => WebhookRow.Find(db, access.Registry!.Id, name) is { } webhook
            ? (await db.QueryAsync<WebhookEvent>(
                """
                SELECT id, payload_format, body, state, attempts, due_at, request, response FROM webhook_event
                WHERE webhook_id = @Id AND (@state IS NULL OR state = @state) ORDER BY sequence DESC LIMIT @limit
                """,
                new { webhook.Id, state = (int?)state, limit })).AsList()
            : null);
    }

    /// <summary>Sends an event that says nothing, to see whether it arrives. It is tried once.</summary>
    /// <returns>Its id; null when there is no such webhook.</returns>
    /// <exception cref="InvalidValueException">The webhook is disabled, or as many events of it wait as may.</exception>
    public async Task<Guid?> PingAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.WebhooksPing);
        var id = await database.WriteAsync<Guid?>(db =>
        {
            if (WebhookRow.Find(db, access.Registry!.Id, name) is not { } webhook)
                return null;
            if (!webhook.Enabled)
                throw new InvalidValueException("The webhook is disabled. Enable it first.");
            var ping = outbox.PingOf(webhook.Id, webhook.PayloadFormat, access.Registry);
            if (!EventRows.TryAdd(db, ping, clock.GetUtcNow()))
                throw new InvalidValueException($"{EventRows.MaxWaiting} events of the webhook wait, and so would a ping. See to its receiver, or delete the webhook.");
            return ping.Id;
        });
        outbox.Ring();
        return id;
    }

    /// <summary>Sends what was given up once more, behind what waits already.</summary>
    /// <param name="id">Null: the oldest, at most <see cref="MaxRedelivered"/>.</param>
    /// <returns>How many; null when there is no such webhook.</returns>
    public async Task<int?> RedeliverAsync(ManagementAccess access, string name, Guid? id)
    {
        access.Demand(ManagementActions.WebhooksRedeliver);
        var count = await database.WriteAsync<int?>(db => WebhookRow.Find(db, access.Registry!.Id, name) is { } webhook
            ? EventRows.Redeliver(db, webhook.Id, id, MaxRedelivered, clock.GetUtcNow())
            : null);
        outbox.Ring();
        return count;
    }
}
