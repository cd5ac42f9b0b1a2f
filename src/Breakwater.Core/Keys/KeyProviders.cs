using Breakwater.Core.Identity;

namespace Breakwater.Core.Keys;

/// <summary>All key stores: the service's own, which every registry begins with, and those that the operator has named.</summary>
public sealed class KeyProviders
{
    private readonly Dictionary<string, IKeyProvider> _byName;
    private readonly IReadOnlyList<KeyStore> _stores;

    public KeyProviders(KeyFileProvider service, IReadOnlyList<KeyStore> stores, TimeProvider clock)
    {
        Service = service;
        _stores = [.. stores.Select(store => store with { Provider = new KeyBreaker(store.Provider, clock) })];
        _byName = _stores.Select(store => store.Provider).Append(service).ToDictionary(provider => provider.Name, StringComparer.Ordinal);
    }

    public KeyFileProvider Service { get; }

    /// <exception cref="KeyUnavailableException">The operator has taken it out of the configuration.</exception>
    public IKeyProvider Find(string name) => _byName.GetValueOrDefault(name)
        ?? throw KeyUnavailableException.Refused($"A root key was wrapped by the key store '{name}', which is not configured. Name it again in the file of the setting key-stores.");

    /// <summary>Finds the key that a registry is to use.</summary>
    /// <exception cref="InvalidValueException">No key store has it, or no rule lets this registry use it; the message is the same, since the store may hold keys of others.</exception>
    public (IKeyProvider Provider, KeyReference Key) Require(string identifier, string registry)
    {
        foreach (var store in _stores)
        {
            if (store.Provider.TryParse(identifier) is { } key && store.Rules.Any(rule => rule.Allows(key.Key, registry)))
                return (store.Provider, key);
        }
        throw new InvalidValueException($"'{Shorten(identifier)}' is no key that the registry {registry} may use. The operator names key stores, and which registries may use which of their keys, in the file of the setting key-stores.");
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
