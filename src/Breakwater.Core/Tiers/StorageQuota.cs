using System.Collections.Concurrent;
using System.Data.Common;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tiers;

/// <summary>
/// What a registry may store. Bytes that arrive are reserved in memory, so that an upload that cannot fit is refused before it was sent; what
/// counts in the end is <see cref="Require"/>, in the transaction that adds the content.
/// </summary>
/// <remarks>A reservation is taken for content that the registry has already, too: which it is shows only at the end.</remarks>
public sealed class StorageQuota(IMetadataDatabase database)
{
    private readonly ConcurrentDictionary<Guid, Counter> _reserved = new();

    /// <summary>Reserves what of <paramref name="totalBytes"/> is not yet reserved.</summary>
    /// <param name="reserved">What the upload has reserved; changed with it.</param>
    /// <param name="aheadBytes">What is reserved beyond that if there is room, so that not every piece of a body must ask.</param>
    /// <exception cref="OciException"><c>Denied</c> with the figures, or <c>PayloadTooLarge</c>: one blob must not be so large.</exception>
    internal async ValueTask ReserveAsync(Registry registry, Reservation reserved, long totalBytes, long aheadBytes = 0)
    {
        var limits = registry.Plan.Limits;
        if (totalBytes > limits.MaxBlobBytes)
            throw new OciException(OciErrors.PayloadTooLarge, $"A blob may have {limits.MaxBlobBytes} bytes in tier {registry.Plan.Name}, not {totalBytes}.");
        if (totalBytes <= reserved.Bytes)
            return;
        var stored = await database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT size_bytes FROM registry WHERE id = @Id", new { registry.Id }));
        var more = totalBytes - reserved.Bytes;
        if ((aheadBytes == 0 || !TryAdd(registry, reserved, stored, more + aheadBytes)) && !TryAdd(registry, reserved, stored, more))
            throw Full(registry, stored, ReservedIn(registry.Id), more);
    }

    /// <summary>Of an upload that was begun in another process: it is there, whatever there is room for.</summary>
    internal void Restore(Guid registryId, Reservation reserved, long bytes) => Add(reserved, registryId, bytes);

    /// <summary>Gives back what is reserved beyond <paramref name="bytes"/>: zero when the upload has ended.</summary>
    internal void Trim(Guid registryId, Reservation reserved, long bytes)
    {
        if (reserved.Bytes > bytes)
            Add(reserved, registryId, bytes - reserved.Bytes);
    }

    /// <summary>Bytes that are reserved in a registry.</summary>
    internal long ReservedIn(Guid registryId) => _reserved.TryGetValue(registryId, out var counter) ? Volatile.Read(ref counter.Bytes) : 0;

    /// <summary>Stands in the transaction that adds content, after the statement that adds it.</summary>
    /// <exception cref="OciException"><c>Denied</c> with the figures: the registry would hold more than its tier may.</exception>
    internal static void Require(DbConnection db, Registry registry)
    {
        var stored = db.ExecuteScalar<long>("SELECT size_bytes FROM registry WHERE id = @Id", new { registry.Id });
        if (stored > registry.Plan.Limits.MaxBytes)
            throw Full(registry, stored, 0, 0);
    }

    private bool TryAdd(Registry registry, Reservation reserved, long stored, long bytes)
    {
        if (stored + Add(reserved, registry.Id, bytes) <= registry.Plan.Limits.MaxBytes)
            return true;
        Add(reserved, registry.Id, -bytes);
        return false;
    }

    private long Add(Reservation reserved, Guid registryId, long bytes)
    {
        reserved.Bytes += bytes;
        return Interlocked.Add(ref _reserved.GetOrAdd(registryId, _ => new Counter()).Bytes, bytes);
    }

    private static OciException Full(Registry registry, long stored, long reserved, long more) => new(
        OciErrors.Denied,
        $"The registry's storage limit would be exceeded: tier {registry.Plan.Name} holds {registry.Plan.Limits.MaxBytes} bytes; with this there would be {stored + reserved + more}. Delete content, or ask for a larger tier.");

    private sealed class Counter
    {
        public long Bytes;
    }
}
