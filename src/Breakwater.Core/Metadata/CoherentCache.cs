using Microsoft.Extensions.Caching.Memory;

namespace Breakwater.Core.Metadata;

/// <summary>
/// Rows and small contents that the pull path serves from memory, bounded in bytes. A committed change invalidates its keys before it is
/// acknowledged, and a value read before the change cannot come back after it.
/// </summary>
/// <remarks>
/// A reader notes the key's generation, reads the database and puts the value in together with that generation; a writer raises the
/// generation after its commit. A value of another generation than the present one counts as absent, so no interleaving brings an old
/// value back.
/// </remarks>
public sealed class CoherentCache : IDisposable
{
    // Generations are shared by keys of equal hash; a clash costs one extra read of the database.
    private const int Stripes = 4096;

    private readonly MemoryCache _values;
    private readonly long[] _generations = new long[Stripes];

    /// <param name="sizeBytes">About how much memory the values may take.</param>
    public CoherentCache(long sizeBytes) =>
        _values = new MemoryCache(new MemoryCacheOptions { SizeLimit = sizeBytes, CompactionPercentage = 0.1, ExpirationScanFrequency = TimeSpan.FromHours(1) });

    /// <summary>The value of <paramref name="key"/>; absent values are not kept.</summary>
    /// <param name="size">Bytes that a value takes.</param>
    public ValueTask<T?> GetAsync<TKey, T>(TKey key, Func<TKey, Task<T?>> load, Func<T, long> size)
        where TKey : notnull
        where T : class =>
        TryGet<T>(key, out var value) ? new ValueTask<T?>(value) : LoadAsync(key, load, size);

    public void Invalidate<TKey>(TKey key)
        where TKey : notnull
    {
        object boxed = key;
        Interlocked.Increment(ref Generation(boxed));
        _values.Remove(boxed);
    }

    public void Dispose() => _values.Dispose();

    private async ValueTask<T?> LoadAsync<TKey, T>(TKey key, Func<TKey, Task<T?>> load, Func<T, long> size)
        where TKey : notnull
        where T : class
    {
        object boxed = key;
        var before = Volatile.Read(ref Generation(boxed));
        var value = await load(key);
        if (value is null)
            return null;
        _values.Set(boxed, new Entry(value, before), new MemoryCacheEntryOptions { Size = size(value) });
        return value;
    }

    private bool TryGet<T>(object key, out T? value)
        where T : class
    {
        var current = _values.TryGetValue(key, out var found) && found is Entry entry && entry.Generation == Volatile.Read(ref Generation(key)) ? entry : null;
        value = (T?)current?.Value;
        return current is not null;
    }

    private sealed record Entry(object Value, long Generation);

    private ref long Generation(object key) => ref _generations[(uint)key.GetHashCode() % Stripes];
}
