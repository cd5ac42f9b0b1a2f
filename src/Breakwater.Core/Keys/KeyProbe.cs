using System.Security.Cryptography;

namespace Breakwater.Core.Keys;

/// <summary>Whether a key can be used, found out by using it: rights to read a key and to use it are often not the same.</summary>
public static class KeyProbe
{
    /// <summary>Wraps a random value and unwraps it.</summary>
    /// <returns>The version that the key has now.</returns>
    /// <exception cref="KeyUnavailableException">It can not, and why; <c>Damaged</c>: it gave back another value.</exception>
    public static async Task<KeyVersionInfo> RunAsync(IKeyProvider provider, KeyReference key, CancellationToken cancellationToken)
    {
        var version = await provider.DescribeAsync(key, cancellationToken);
        var (value, context) = (RandomNumberGenerator.GetBytes(RootKey.Size), RandomNumberGenerator.GetBytes(16));
        var wrapped = await provider.WrapAsync(version, value, context, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(await provider.UnwrapAsync(wrapped, context, cancellationToken), value)
            ? version
            : throw new KeyUnavailableException($"The key {version.Identifier} unwraps to another value than it wrapped.");
    }
}
