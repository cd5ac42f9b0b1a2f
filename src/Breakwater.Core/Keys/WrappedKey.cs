namespace Breakwater.Core.Keys;

/// <summary>A root key as the database holds it.</summary>
/// <param name="Key">The key-encryption key's identifier, without the version.</param>
/// <param name="KeyVersion">Its version, in the key store's own words.</param>
public sealed record WrappedKey(string Key, string KeyVersion, byte[] Bytes);
