using System.Security.Cryptography;
using Breakwater.Core.Keys;

namespace Breakwater.Core.Tests.Keys;

/// <summary>A key store in memory, whose keys can be rotated, taken away and made silent. Keys are <c>mem:NAME</c> and <c>mem:NAME/1</c>.</summary>
internal sealed class MemoryKeyStore : IKeyProvider
{
    private readonly Dictionary<string, List<byte[]>> _keys = [];

    public string Name => "mem";

    public HashSet<string> Refused { get; } = [];

    public bool IsAway { get; set; }

    /// <summary>Unwraps to something else than was wrapped.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Thrown as it is.</summary>
    public Exception? Surprise { get; set; }

    public int Questions { get; private set; }

    /// <summary>Called before each wrapping.</summary>
    public Func<Task>? Wrapping { get; set; }

    /// <summary>Called before each unwrapping, with the key's name.</summary>
    public Func<string, Task>? Unwrapping { get; set; }

    public KeyStore As(params KeyRule[] rules) => new(this, rules.Length == 0 ? [new KeyRule("mem:*", ["*"])] : rules);

    public MemoryKeyStore Add(string name)
    {
        lock (_keys)
        {
            if (!_keys.TryGetValue($"mem:{name}", out var versions))
                _keys[$"mem:{name}"] = versions = [];
            versions.Add(RandomNumberGenerator.GetBytes(32));
        }
        return this;
    }

    /// <summary>Another key under the same name and version.</summary>
    public void Exchange(string name)
    {
        lock (_keys)
            _keys[$"mem:{name}"] = [.. _keys[$"mem:{name}"].Select(_ => RandomNumberGenerator.GetBytes(32))];
    }

    public KeyReference? TryParse(string identifier) => !identifier.StartsWith("mem:", StringComparison.Ordinal) ? null : identifier.Split('/') is [var key, var version] ? new KeyReference(key, version) : new KeyReference(identifier, null);

    public Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken)
    {
        var version = key.Version ?? $"{Find(key.Key).Count}";
        return Task.FromResult(new KeyVersionInfo(key.Key, version, $"{key.Key}/{version}"));
    }

    public async Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        if (Wrapping is { } wrapping)
            await wrapping();
        return new WrappedKey(version.Key, version.Version, BoundSeal.Seal(Find(version.Key)[int.Parse(version.Version, null) - 1], key.Span, context.Span));
    }

    public async Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        if (Unwrapping is { } unwrapping)
            await unwrapping(wrapped.Key);
        try
        {
            var plain = BoundSeal.Open(Find(wrapped.Key)[int.Parse(wrapped.KeyVersion, null) - 1], wrapped.Bytes, context.Span);
            if (IsBroken)
                plain[0] ^= 1;
            return plain;
        }
        catch (CryptographicException e)
        {
            throw new KeyUnavailableException("damaged", e);
        }
    }

    private List<byte[]> Find(string key)
    {
        lock (_keys)
        {
            Questions++;
            if (Surprise is not null)
                throw Surprise;
            if (IsAway)
                throw KeyUnavailableException.Unreachable("away");
            return !Refused.Contains(key) && _keys.TryGetValue(key, out var versions) ? versions : throw KeyUnavailableException.Refused("no");
        }
    }
}
