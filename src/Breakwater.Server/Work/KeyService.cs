using Breakwater.Core.Audit;
using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Server.Work;

/// <summary>Watches over customers' keys: whether they may still be used, and whether they have new versions.</summary>
internal sealed class KeyService(OpenInstallation installation, KeyWatch watch, KeyFollower follower, KeyWatchOptions options, TimeProvider clock, ILogger<KeyService> logger) : BackgroundService
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await watch.CloseAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Ends when all key stores have been asked once, or after <paramref name="limit"/>: what none has said yes to stays closed until one does.</summary>
    public async Task AskedAsync(TimeSpan limit)
    {
        try
        {
            await _asked.Task.WaitAsync(limit, clock);
        }
        catch (TimeoutException)
        {
            KeyLog.NotAsked(logger, installation.Keys.Blocked.Count, limit);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(options.CheckInterval, () => CheckAsync(stoppingToken), stoppingToken),
        FollowAlwaysAsync(stoppingToken));

    // What is closed has no versions to follow, and all is until it was asked about.
    private async Task FollowAlwaysAsync(CancellationToken stoppingToken)
    {
        await _asked.Task.WaitAsync(stoppingToken);
        await RepeatAsync(options.FollowInterval, () => FollowAsync(stoppingToken), stoppingToken);
    }

    // Each in a turn of its own: a slow look for versions must not delay the news of a refusal.
    private async Task RepeatAsync(TimeSpan interval, Func<Task> work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                await work();
            }
            catch (Exception e) when (e is OciException or KeyUnavailableException)
            {
                KeyLog.WatchFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        var changes = await watch.CheckAsync(stoppingToken);
        _asked.TrySetResult();
        foreach (var change in changes)
        {
            if (installation.Registries.Find(change.OwnerId) is not { } registry)
                continue;
            if (change.Problem is { } problem)
            {
                // What was decrypted goes with the keys.
                installation.Cache.Clear();
                KeyLog.Closed(logger, problem, registry.Name);
            }
            else
            {
                KeyLog.Reopened(logger, registry.Name);
            }
            await RecordAsync(registry, change.Problem is null ? AuditOperations.KeyReopened : AuditOperations.KeyClosed, change.Problem is { } e ? $"{e.Failure}: {e.Message}" : "Its key may be used again.");
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var moved = new List<Registry>();
        await follower.RunAsync(moved.Add, (registry, e) => KeyLog.FollowFailed(logger, e, registry.Name), stoppingToken);
        foreach (var registry in moved)
        {
            KeyLog.Followed(logger, registry.Name, registry.Encryption!.VersionedIdentifier);
            await RecordAsync(registry, AuditOperations.KeyFollowed, $"Now wrapped by {registry.Encryption.VersionedIdentifier}.");
        }
    }

    private ValueTask RecordAsync(Registry registry, string operation, string description) => installation.Audit.EnqueueAsync(
        new AuditRecord
        {
            Time = clock.GetUtcNow(),
            Category = AuditCategory.Administration,
            Operation = operation,
            Status = StatusCodes.Status200OK,
            Description = description,
            Resource = registry.Name,
            LoginServer = installation.Registries.HostOf(registry),
        },
        CancellationToken.None);
}
