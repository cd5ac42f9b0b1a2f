namespace Breakwater.Core.Registries;

/// <summary>The registries of the installation by the hosts they are reached by. There is one so far.</summary>
public sealed class RegistryDirectory(Registry only)
{
    private volatile Registry _only = only;

    public IReadOnlyCollection<Registry> All => [_only];

    /// <returns>Null when there is none.</returns>
    public Registry? Find(Guid id) => _only is var registry && id == registry.Id ? registry : null;

    /// <summary>Puts a changed registry in the place of what it was.</summary>
    internal void Replace(Registry registry) => _only = registry;

    /// <param name="host">Host and port of the request, one of the allowed hosts.</param>
    public Registry Resolve(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return _only;
    }
}
