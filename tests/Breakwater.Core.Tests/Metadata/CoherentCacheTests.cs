using System.Collections.Concurrent;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Tests.Metadata;

public sealed class CoherentCacheTests : IDisposable
{
    private readonly CoherentCache _cache = new(1 << 20);

    public void Dispose() => _cache.Dispose();

    private ValueTask<string?> GetAsync(string key, Func<Task<string?>> load, long size = 10) => _cache.GetAsync(key, _ => load(), _ => size);

    [Fact]
    public async Task Get_Twice_LoadsOnce()
    {
        var loads = 0;
        for (var i = 0; i < 2; i++)
            Assert.Equal("v", await GetAsync("k", () => Task.FromResult<string?>($"v{(loads++ == 0 ? "" : "?")}")));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task Get_AbsentValue_IsAskedForAgain()
    {
        Assert.Null(await GetAsync("k", () => Task.FromResult<string?>(null)));
        Assert.Equal("v", await GetAsync("k", () => Task.FromResult<string?>("v")));
    }

    [Fact]
    public async Task Invalidate_WhileAReaderLoads_TheOldValueDoesNotStay()
    {
        var loaded = new TaskCompletionSource<string?>();
        var reader = GetAsync("k", () => loaded.Task).AsTask();
        _cache.Invalidate("k");
        loaded.SetResult("old");
        await reader;
        Assert.Equal("new", await GetAsync("k", () => Task.FromResult<string?>("new")));
    }

    [Fact]
    public async Task Get_AnOldLoadEndsAfterANewOne_TheNewValueIsServed()
    {
        var old = new TaskCompletionSource<string?>();
        var reader = GetAsync("k", () => old.Task).AsTask();
        _cache.Invalidate("k");
        Assert.Equal("new", await GetAsync("k", () => Task.FromResult<string?>("new")));
        old.SetResult("old");
        await reader;
        Assert.NotEqual("old", await GetAsync("k", () => Task.FromResult<string?>("new")));
    }

    [Fact]
    public async Task Clear_WhileReadersLoad_NothingOfItStays()
    {
        var loaded = new TaskCompletionSource<string?>();
        // Enough for every lock, and more than one generation of each.
        var keys = Enumerable.Range(0, 2000).Select(i => $"k{i}").ToList();
        var readers = keys.Select(key => GetAsync(key, () => loaded.Task).AsTask()).ToList();
        _cache.Clear();
        loaded.SetResult("old");
        Assert.All(await Task.WhenAll(readers), value => Assert.Equal("old", value));
        foreach (var key in keys)
            Assert.Equal("new", await GetAsync(key, () => Task.FromResult<string?>("new")));
    }

    [Fact]
    public async Task Clear_ReadBefore_IsLoadedAnew()
    {
        await GetAsync("k", () => Task.FromResult<string?>("old"));
        _cache.Clear();
        Assert.Equal("new", await GetAsync("k", () => Task.FromResult<string?>("new")));
        Assert.Equal("new", await GetAsync("k", () => Task.FromResult<string?>("newer")));
    }

    [Fact]
    public async Task Get_KeysOfOtherTypes_AreApart()
    {
        Assert.Equal("text", await GetAsync("1", () => Task.FromResult<string?>("text")));
        Assert.Equal("number", await _cache.GetAsync(1, _ => Task.FromResult<string?>("number"), _ => 1));
    }

    [Fact]
    public async Task Get_LargerThanTheCache_IsServedAndNotKept()
    {
        Assert.Equal("v", await GetAsync("k", () => Task.FromResult<string?>("v"), size: 2 << 20));
        Assert.Equal("w", await GetAsync("k", () => Task.FromResult<string?>("w"), size: 2 << 20));
    }

    [Fact]
    public async Task Get_ReadersAgainstWriters_NeverSeesWhatWasInvalidatedBefore()
    {
        var stored = new ConcurrentDictionary<int, int>();
        var acknowledged = new int[4];
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var stale = 0;
        var writers = Enumerable.Range(0, 2).Select(w => Task.Run(() => Write(w)));
        var readers = Enumerable.Range(0, 6).Select(r => Task.Run(() => ReadAsync(r)));
        await Task.WhenAll([.. writers, .. readers]);
        Assert.Equal(0, stale);

        void Write(int writer)
        {
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                // Each writer has keys of its own, so a key's versions only grow.
                var key = writer * 2 + i % 2;
                stored[key] = i;
                _cache.Invalidate(key);
                Volatile.Write(ref acknowledged[key], i);
                if (i % 16 == 0)
                    Thread.Yield();
            }
        }

        async Task ReadAsync(int reader)
        {
            for (var i = reader; !stop.IsCancellationRequested; i++)
            {
                var key = i % 4;
                var atLeast = Volatile.Read(ref acknowledged[key]);
                var value = await _cache.GetAsync(key, LoadAsync, _ => 10);
                if (value is not null && (int)value < atLeast)
                    Interlocked.Increment(ref stale);
            }
        }

        async Task<object?> LoadAsync(int key)
        {
            object? value = stored.TryGetValue(key, out var version) ? version : null;
            await Task.Yield();
            return value;
        }
    }
}
