namespace Breakwater.Core.Keys;

/// <summary>The key that a root key is to be wrapped by.</summary>
/// <param name="IsPinned">Whether this version was asked for; else the newest, also of those to come.</param>
internal sealed record KeyTarget(IKeyProvider Provider, KeyVersionInfo Version, bool IsPinned)
{
    /// <summary>What was asked for, in the key store's own form.</summary>
    public string Identifier => IsPinned ? Version.Identifier : Version.Key;

    public static KeyTarget Service(KeyProviders providers) => new(providers.Service, providers.Service.Current, IsPinned: false);
}
