using System.Data.Common;
using Breakwater.Core.Audit;
using Breakwater.Core.Installation;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Breakwater.Server.Errors;

namespace Breakwater.Server.Work;

/// <summary>Takes rotations of root keys further, in the background.</summary>
internal sealed class RotationService(OpenInstallation installation, RotationOptions options, TimeProvider clock, ILogger<RotationService> logger) : BackgroundService, IRotationWitness
{
    private readonly HashSet<Guid> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What an earlier process began waits until this one serves.
        for (var wait = options.Interval; ;)
        {
            await Task.Delay(wait, clock, stoppingToken);
            wait = await RunAsync(stoppingToken);
        }
    }

    private async Task<TimeSpan> RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await installation.Rotation.RunAsync(this, stoppingToken);
        }
        catch (Exception e) when (e is OciException or DbException)
        {
            KeyLog.RotationsFailed(logger, e);
            return options.LongestInterval;
        }
    }

    // Each pass finds it again; once is enough to be told.
    public void Found(Registry registry, CorruptObjectException corrupt)
    {
        if (_told.Add(corrupt.ObjectId))
            IntegrityAlarm.Raise(logger, corrupt, registry.Name);
    }

    public void Failed(Registry registry, Exception problem) => KeyLog.RotationFailed(logger, problem, registry.Name);

    public ValueTask DoneAsync(Registry registry, RootKeyRotation rotation)
    {
        KeyLog.RootKeyDestroyed(logger, registry.Name, rotation.Epoch);
        return installation.Audit.EnqueueAsync(
            new AuditRecord
            {
                Time = clock.GetUtcNow(),
                Category = AuditCategory.Administration,
                Operation = AuditOperations.RootKeyDestroyed,
                Status = StatusCodes.Status200OK,
                Description = $"{rotation.DoneItems} blobs and manifests ({rotation.DoneBytes} bytes) are under the root key of epoch {rotation.Epoch}; the older ones are destroyed.",
                Resource = registry.Name,
                LoginServer = installation.Registries.HostOf(registry),
            },
            CancellationToken.None);
    }
}
