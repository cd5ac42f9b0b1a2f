using Microsoft.Extensions.Caching.Memory;

namespace Breakwater.Core.Metadata;

/// <summary>
/// Rows and small contents that the pull path serves from memory, bounded in bytes. A committed change invalidates its keys before it is
/// acknowledged, and a value read before the change cannot come back after it.
/// </summary>
/// <remarks>
/// A reader notes the key's generation, reads the database, puts the value in and looks at the generation again; a writer raises the
/// generation, then removes the key. Whichever way the two interleave, an old value does not stay.
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
        _values.TryGetValue(key, out var value) ? new ValueTask<T?>((T?)value) : LoadAsync(key, load, size);

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
        _values.Set(boxed, value, new MemoryCacheEntryOptions { Size = size(value) });
        if (Volatile.Read(ref Generation(boxed)) != before)
            _values.Remove(boxed);
        return value;
    }

    private ref long Generation(object key) => ref _generations[(uint)key.GetHashCode() % Stripes];
}
