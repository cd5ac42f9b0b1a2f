using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Breakwater.Core.Identity;

/// <summary>
/// A map of bounded size that forgets what was not used lately: two generations, of which the older is dropped whole when the
/// younger is full. Reading takes no lock.
/// </summary>
/// <param name="capacity">Entries of one generation; the map holds at most about twice as many.</param>
internal sealed class RecentMap<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _turn = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.Entries.TryGetValue(key, out value))
            return true;
        if (!_old.Entries.TryGetValue(key, out value))
            return false;
        Set(key, value);
        return true;
    }

    /// <summary>The one value of the key: of several that come first at once all get the same.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        if (TryGet(key, out var value))
            return value;
        var (young, made) = (_young, make(key));
        value = young.Entries.GetOrAdd(key, made);
        if (ReferenceEquals(value, made) && Interlocked.Increment(ref young.Count) >= capacity)
            TurnOver(young);
        return value;
    }

    public void Set(TKey key, TValue value)
    {
        var young = _young;
        if (young.Entries.TryAdd(key, value))
        {
            if (Interlocked.Increment(ref young.Count) >= capacity)
                TurnOver(young);
        }
        else
        {
            young.Entries[key] = value;
        }
    }

    public void Remove(TKey key)
    {
        _old.Entries.TryRemove(key, out _);
        if (_young.Entries.TryRemove(key, out _))
            Interlocked.Decrement(ref _young.Count);
    }

    private void TurnOver(Generation full)
    {
        lock (_turn)
        {
            if (_young != full)
                return;
            _old = full;
            _young = new Generation();
        }
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<TKey, TValue> Entries = new();
        public int Count;
    }
}
