namespace Breakwater.Core.Keys;

/// <summary>Holds key-encryption keys and never gives them out: it wraps and unwraps a few root keys.</summary>
public interface IKeyProvider
{
    /// <summary>Stands in the row of every key that this provider wrapped.</summary>
    string Name { get; }

    /// <summary>Wraps under the newest key version; <paramref name="context"/> is authenticated with it.</summary>
    /// <exception cref="KeyUnavailableException">The provider refuses or cannot be reached.</exception>
    Task<WrappedKey> WrapAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken);

    /// <exception cref="KeyUnavailableException">The provider refuses, cannot be reached, or the wrapped key or its context are not what was wrapped.</exception>
    Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken);
}
