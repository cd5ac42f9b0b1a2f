namespace Breakwater.Core.Keys;

/// <summary>
/// A key store: it holds key-encryption keys and never gives them out. It wraps and unwraps a few root keys. Keys are named by identifiers, which are
/// URIs; one without a version means the newest. Members may be called at the same time.
/// </summary>
/// <remarks>Every implementation passes the contract suite. All failures are <see cref="KeyUnavailableException"/> and tell which of three kinds they are.</remarks>
public interface IKeyProvider
{
    /// <summary>Stands in the row of every key that this provider wrapped, so it never changes.</summary>
    string Name { get; }

    /// <summary>Reads an identifier, without asking anybody.</summary>
    /// <returns>Null when it is none of this key store's.</returns>
    KeyReference? TryParse(string identifier);

    /// <summary>Asks the key store which version the reference means now.</summary>
    /// <exception cref="KeyUnavailableException"><c>Refused</c>: there is no such key or it may not be used; <c>Unreachable</c>.</exception>
    Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken);

    /// <summary>Wraps under the version that <see cref="DescribeAsync"/> told; <paramref name="context"/> is authenticated with it.</summary>
    /// <exception cref="KeyUnavailableException"><c>Refused</c> or <c>Unreachable</c>.</exception>
    Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken);

    /// <summary>Always asks the key store, never a memory of it: this is how a refusal is noticed.</summary>
    /// <exception cref="KeyUnavailableException"><c>Refused</c>, <c>Unreachable</c>, or <c>Damaged</c>: the wrapped key or its context are not what was wrapped.</exception>
    Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken);
}
