namespace Breakwater.Core.Keys;

/// <summary>A key store that the operator has named, with what registries may do there.</summary>
public sealed record KeyStore(IKeyProvider Provider, IReadOnlyList<KeyRule> Rules);
