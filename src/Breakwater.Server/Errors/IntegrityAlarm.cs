using System.Diagnostics.Metrics;
using Breakwater.Core.Storage;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Errors;

/// <summary>Stored content that is not what was sealed: the one event that must wake somebody.</summary>
internal static class IntegrityAlarm
{
    private static readonly Meter Meter = new(Telemetry.Name);
    private static readonly Counter<long> Count = Meter.CreateCounter<long>("breakwater.integrity.alarms", "{object}", "Reads that met damaged content.");

    /// <summary>Makes the counter visible at zero: an alarm on its growth needs a value to grow from.</summary>
    public static void Announce() => Count.Add(0);

    public static void Raise(ILogger logger, CorruptObjectException damage, string correlationId)
    {
        Count.Add(1);
        ErrorLog.ContentDamaged(logger, damage.Message, correlationId);
    }
}
