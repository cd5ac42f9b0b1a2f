namespace Breakwater.Core.Keys;

/// <summary>The kinds of key stores that this server knows, by the name that the operator writes. What is not here cannot be named.</summary>
public sealed class KeyStoreTypes : Dictionary<string, Func<KeyStoreEntry, IKeyProvider>>
{
    public KeyStoreTypes()
        : base(StringComparer.Ordinal)
    {
    }
}
