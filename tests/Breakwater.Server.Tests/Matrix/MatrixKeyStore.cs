using System.Security.Cryptography;
using Breakwater.Core.Keys;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>A key store in memory with one version of any key, which can be made to say no or nothing. Keys are <c>test:NAME</c>.</summary>
internal sealed class MatrixKeyStore : IKeyProvider
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Name => "test";

    /// <summary>Keys that it refuses.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>Keys about which it gives no answer.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>What it waits for before it unwraps.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public KeyReference? TryParse(string identifier) => identifier.StartsWith("test:", StringComparison.Ordinal) ? new KeyReference(identifier, null) : null;

    public Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken)
    {
        Demand(key.Key);
        return Task.FromResult(new KeyVersionInfo(key.Key, "1", key.Key + "/1"));
    }

    public Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        Demand(version.Key);
        return Task.FromResult(new WrappedKey(version.Key, version.Version, BoundSeal.Seal(_key, key.Span, context.Span)));
    }

    public async Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        await Ready.WaitAsync(cancellationToken);
        Demand(wrapped.Key);
        return BoundSeal.Open(_key, wrapped.Bytes, context.Span);
    }

    private void Demand(string key)
    {
        if (Silent.Contains(key))
            throw KeyUnavailableException.Unreachable("The test says nothing.");
        if (Refused.Contains(key))
            throw KeyUnavailableException.Refused("The test says no.");
    }
}
