using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Network;
using Dapper;

namespace Breakwater.Core.Events;

/// <summary>
/// Delivers what stands in the outbox: at least once, in order per repository and webhook. Every attempt is put down before it begins and when it
/// ends, so a process that is killed leaves nothing but an event that is sent again.
/// </summary>
public sealed class EventPump : IDisposable
{
    private readonly IMetadataDatabase _database;
    private readonly EventOutbox _outbox;
    private readonly EventOptions _options;
    private readonly TimeProvider _clock;
    private readonly RetrySchedule _retries;
    private readonly WebhookConfigs _configs;
    private readonly WebhookSender _sender;

    /// <param name="random">From 0 to below 1; null: the system's.</param>
    public EventPump(IMetadataDatabase database, SecretBox box, EventOutbox outbox, EgressGuard guard, EventOptions options, TimeProvider clock, Func<double>? random = null)
    {
        (_database, _outbox, _options, _clock) = (database, outbox, options, clock);
        _retries = new RetrySchedule(options, random ?? (() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20)));
        _configs = new WebhookConfigs(box);
        _sender = new WebhookSender(guard, options, clock);
    }

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="onFailure">The database could not be used; it is tried again.</param>
    /// <param name="onGivenUp">The webhook's name, and how many of its events were given up. Pings are not told.</param>
    public async Task RunAsync(Action<Exception> onFailure, Action<string, int> onGivenUp, CancellationToken cancellationToken)
    {
        var running = new Dictionary<DueEvent, Task>();
        var ended = new ConcurrentQueue<DueEvent>();
        var pruned = _clock.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            while (ended.TryDequeue(out var one))
                running.Remove(one);
            await GuardAsync(() => StartAsync(running, RunOneAsync), onFailure, cancellationToken);
            if (_clock.GetElapsedTime(pruned) >= _options.PruneInterval)
            {
                pruned = _clock.GetTimestamp();
                await GuardAsync(PruneAsync, onFailure, cancellationToken);
            }
            await GuardAsync(() => _outbox.WaitAsync(_options.PollInterval, cancellationToken), onFailure, cancellationToken);
        }
        await Task.WhenAll(running.Values);

        async Task RunOneAsync(DueEvent due)
        {
            var isDone = await GuardAsync(() => AttemptAsync(due, onGivenUp, cancellationToken), onFailure, cancellationToken);
            ended.Enqueue(due);
            // After a failure of the database there is no hurry.
            if (isDone)
                _outbox.Ring();
        }
    }

    /// <summary>Sends what is due until nothing is, and waits for it.</summary>
    /// <returns>How many attempts were made.</returns>
    internal async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        for (var attempts = 0; ;)
        {
            var due = await FindDueAsync([]);
            if (due.Count == 0)
                return attempts;
            await Task.WhenAll(due.Select(one => AttemptAsync(one, (_, _) => { }, cancellationToken)));
            attempts += due.Count;
        }
    }

    /// <summary>Takes away ended events that are beyond what is kept.</summary>
    internal async Task PruneAsync()
    {
        var now = _clock.GetUtcNow();
        foreach (var webhook in await _database.ReadAsync(db => db.QueryAsync<Guid>("SELECT id FROM webhook")))
        {
            await _database.WriteAsync(db =>
                EventRows.Prune(db, webhook, EventState.Delivered, _options.DeliveredKept, now - _options.DeliveredKeptFor)
                + EventRows.Prune(db, webhook, EventState.Dead, _options.DeadKept, now - _options.DeadKeptFor));
        }
    }

    private async Task StartAsync(Dictionary<DueEvent, Task> running, Func<DueEvent, Task> start)
    {
        if (!_outbox.HasListeners)
            return;
        foreach (var due in await FindDueAsync(running.Keys))
        {
            if (running.Count >= _options.Attempts)
                break;
            if (running.Keys.Count(other => other.WebhookId == due.WebhookId) < _options.AttemptsPerWebhook
                && running.Keys.Count(other => other.RegistryId == due.RegistryId) < _options.AttemptsPerRegistry)
                running.Add(due, start(due));
        }
    }

    private async Task AttemptAsync(DueEvent due, Action<string, int> onGivenUp, CancellationToken cancellationToken)
    {
        if (await _database.WriteAsync(db => EventRows.Begin(db, due, _retries, _clock.GetUtcNow())) is not { } started)
            return;
        var (isDelivered, log) = await SendAsync(started, cancellationToken);
        var now = _clock.GetUtcNow();
        var (name, givenUp) = await _database.WriteAsync(db =>
        {
            EventRows.Log(db, started, log);
            return (WebhookRow.NameOf(db, started.WebhookId), End(db, started, isDelivered, now));
        });
        if (name is not null && givenUp > 0 && started.Action != WebhookActions.Ping)
            onGivenUp(name, givenUp);
    }

    /// <returns>How many were given up.</returns>
    private int End(DbConnection db, StartedEvent started, bool isDelivered, DateTimeOffset now)
    {
        if (isDelivered)
            EventRows.Delivered(db, started, now);
        else if (started.Action == WebhookActions.Ping || now - started.QueuedAt >= _options.GiveUpAfter)
            return EventRows.GiveUp(db, started, now - _options.GiveUpAfter, now);
        else
            EventRows.SetDue(db, started.Sequence, now + _retries.After(started.Attempts));
        return 0;
    }

    private async Task<(bool IsDelivered, AttemptLog Log)> SendAsync(StartedEvent started, CancellationToken cancellationToken)
    {
        if (await _database.ReadAsync(db => db.QuerySingleOrDefaultAsync<byte[]>("SELECT config FROM webhook WHERE id = @WebhookId", started)) is not { } config)
            return (false, WebhookSender.Unsent("The webhook was deleted."));
        try
        {
            return await _sender.SendAsync(started, await _configs.OpenAsync(started.WebhookId, config), cancellationToken);
        }
        catch (Exception e) when (e is CryptographicException or KeyUnavailableException)
        {
            return (false, WebhookSender.Unsent("The webhook's address could not be unsealed. Set it again."));
        }
    }

    /// <summary>
    /// The first of each lane whose time has come; of each webhook and each registry no more than it may have at once, and nothing of those that have
    /// it already. Every registry's first comes before any registry's second.
    /// </summary>
    /// <remarks>What a deleted registry has not told waits for its recovery. A time further away than the longest wait is from before somebody set the clock back.</remarks>
    private async Task<IReadOnlyList<DueEvent>> FindDueAsync(IReadOnlyCollection<DueEvent> running)
    {
        var now = _clock.GetUtcNow();
        var key = new
        {
            now,
            farthest = now + _options.LongestRetry,
            sequences = running.Select(one => one.Sequence).ToArray(),
            webhooks = Full(running, one => one.WebhookId, _options.AttemptsPerWebhook),
            registries = Full(running, one => one.RegistryId, _options.AttemptsPerRegistry),
            _options.AttemptsPerWebhook,
            _options.AttemptsPerRegistry,
            _options.Attempts,
        };
        return (await _database.ReadAsync(db => db.QueryAsync<DueEvent>(
            """
            SELECT sequence, webhook_id, registry_id FROM (
                SELECT *, ROW_NUMBER() OVER (PARTITION BY registry_id ORDER BY place, due_at, sequence) AS registry_place FROM (
                    SELECT e.sequence, e.webhook_id, w.registry_id, e.due_at, ROW_NUMBER() OVER (PARTITION BY e.webhook_id ORDER BY e.due_at, e.sequence) AS place
                    FROM webhook_event e JOIN webhook w ON w.id = e.webhook_id JOIN registry r ON r.id = w.registry_id AND r.deleted_at IS NULL
                    WHERE e.due_at IS NOT NULL AND (e.due_at <= @now OR e.due_at > @farthest) AND w.enabled = 1 AND e.sequence NOT IN @sequences
                        AND w.id NOT IN @webhooks AND w.registry_id NOT IN @registries)
                WHERE place <= @AttemptsPerWebhook)
            WHERE registry_place <= @AttemptsPerRegistry ORDER BY registry_place, due_at, sequence LIMIT @Attempts
            """,
            key))).AsList();
    }

    // As the columns keep ids.
    private static string[] Full(IEnumerable<DueEvent> running, Func<DueEvent, Guid> idOf, int most) =>
        [.. running.GroupBy(idOf).Where(group => group.Count() >= most).Select(group => group.Key.ToString("N"))];

    private static async Task<bool> GuardAsync(Func<Task> work, Action<Exception> onFailure, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was under way is sent again at the next start.
            return false;
        }
#pragma warning disable CA1031 // Whatever fails, the other events must not wait for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            onFailure(e);
            return false;
        }
    }

    public void Dispose() => _sender.Dispose();
}
