namespace Breakwater.Core.Keys;

/// <summary>A key-encryption key cannot be used; nothing that it protects can be read or written.</summary>
public sealed class KeyUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
