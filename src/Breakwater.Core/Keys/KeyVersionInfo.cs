namespace Breakwater.Core.Keys;

/// <summary>One version of a key-encryption key.</summary>
/// <param name="Key">Its identifier without the version.</param>
/// <param name="Version">In the key store's own words.</param>
/// <param name="Identifier">Key and version as one identifier.</param>
public sealed record KeyVersionInfo(string Key, string Version, string Identifier);
