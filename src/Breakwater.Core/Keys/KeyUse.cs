namespace Breakwater.Core.Keys;

/// <summary>All root keys that one version of a key-encryption key wraps. What the key store says of one it says of all.</summary>
internal sealed record KeyUse(IReadOnlyList<(Guid OwnerId, RootKeyRow Row)> Rows);
