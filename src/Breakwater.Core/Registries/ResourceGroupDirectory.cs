using System.Collections.Concurrent;

namespace Breakwater.Core.Registries;

/// <summary>The resource groups that are there, by id and by name. All of them are in memory: every request of the management plane asks.</summary>
public sealed class ResourceGroupDirectory
{
    private readonly ConcurrentDictionary<Guid, ResourceGroup> _byId = new();
    private readonly ConcurrentDictionary<string, ResourceGroup> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ResourceGroupDirectory(IEnumerable<ResourceGroup> groups)
    {
        foreach (var group in groups)
            Put(group);
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<ResourceGroup> All => [.. _byId.Values.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)];

    /// <returns>Null when there is none.</returns>
    public ResourceGroup? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <param name="name">In any case.</param>
    public ResourceGroup? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    internal void Put(ResourceGroup group)
    {
        _byId[group.Id] = group;
        _byName[group.Name] = group;
    }

    internal void Remove(ResourceGroup group)
    {
        _byId.TryRemove(group.Id, out _);
        _byName.TryRemove(group.Name, out _);
    }
}
