using Microsoft.Extensions.Caching.Memory;

namespace Breakwater.Core.Metadata;

/// <summary>
/// Rows and small contents that the pull path serves from memory, bounded in bytes. A committed change invalidates its keys before it is
/// acknowledged, and a value read before the change cannot come back after it.
/// </summary>
/// <remarks>
/// A reader notes the key's generation, reads the database, and puts the value in only if the generation is still the same; a writer raises
/// the generation and removes the key. Both steps hold the key's lock, so no interleaving lets an old value be seen after the writer returned.
/// </remarks>
public sealed class CoherentCache : IDisposable
{
    // Generations are shared by keys of equal hash; a clash costs one extra read of the database.
    private const int Stripes = 4096;
    private const int Locks = 256;

    private readonly MemoryCache _values;
    private readonly long[] _generations = new long[Stripes];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Locks).Select(_ => new Lock())];

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
        lock (LockOf(boxed))
        {
            Generation(boxed)++;
            _values.Remove(boxed);
        }
    }

    /// <summary>Forgets everything, also what is being loaded: that is served to who waits for it, and not kept.</summary>
    public void Clear()
    {
        for (var i = 0; i < Locks; i++)
        {
            lock (_locks[i])
            {
                for (var stripe = i; stripe < Stripes; stripe += Locks)
                    _generations[stripe]++;
            }
        }
        _values.Clear();
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
        var options = new MemoryCacheEntryOptions { Size = size(value) };
        lock (LockOf(boxed))
        {
            if (Generation(boxed) == before)
                _values.Set(boxed, value, options);
        }
        return value;
    }

    // Keys that share a generation share a lock too: one count divides the other.
    private Lock LockOf(object key) => _locks[(uint)key.GetHashCode() % Locks];

    private ref long Generation(object key) => ref _generations[(uint)key.GetHashCode() % Stripes];
}
