namespace Breakwater.Core.Keys;

/// <summary>A root key as the database holds it.</summary>
/// <param name="KeyVersion">The version of the key-encryption key, in the provider's own words.</param>
public sealed record WrappedKey(string KeyVersion, byte[] Bytes);
