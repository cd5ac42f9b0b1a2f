using System.Collections.Concurrent;

namespace Breakwater.Core.Registries;

/// <summary>The registries that are there, by id, by name and by the hosts they are reached by. All of them are in memory: every request asks.</summary>
/// <remarks>
/// <code>
/// NAME.DOMAIN                  the registry NAME
/// a registry's host_names      that registry
/// NAME.REGION.data.DOMAIN      that registry's blobs alone, where it has a data endpoint (FindByDataHost)
/// every other allowed host     the first registry: the plain address
/// </code>
/// </remarks>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
public sealed class RegistryDirectory
#pragma warning restore CA1001
{
    /// <summary>Names below it are this machine for browsers and many resolvers (RFC 6761 section 6.3).</summary>
    public const string DefaultDomain = "localhost";

    private const string DataLabel = ".data";

    private readonly HashSet<string> _reserved;
    private readonly string _suffix;
    private readonly Guid _first;
    private readonly ConcurrentDictionary<Guid, Registry> _byId = new();
    private readonly ConcurrentDictionary<string, Registry> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Registry> _byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile Registry _plain;
    private int _version;

    /// <param name="registries">The first of them answers on the plain address.</param>
    /// <param name="domain">What the registries' own hosts are below.</param>
    /// <param name="reserved">Hosts of the plain address, which no registry may have as a further host.</param>
    public RegistryDirectory(IReadOnlyList<Registry> registries, string domain = DefaultDomain, IEnumerable<string>? reserved = null)
    {
        _reserved = new HashSet<string>(reserved ?? [], StringComparer.OrdinalIgnoreCase) { domain, DefaultDomain };
        ArgumentOutOfRangeException.ThrowIfZero(registries.Count);
        _suffix = "." + domain;
        _plain = registries[0];
        _first = _plain.Id;
        foreach (var registry in registries)
            Put(registry);
    }

    public IReadOnlyCollection<Registry> All => [.. _byId.Values];

    /// <summary>What the registries' own hosts are below.</summary>
    public string Domain => _suffix[1..];

    /// <summary>The registry of the plain address.</summary>
    public Registry First => _plain;

    /// <returns>Null when there is none.</returns>
    public Registry? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <param name="name">In any case.</param>
    public Registry? Find(string name) => _byName.GetValueOrDefault(name);

    public bool IsFirst(Registry registry) => registry.Id == _first;

    /// <summary>The host that is the registry's alone.</summary>
    public string HostOf(Registry registry) => HostOf(registry.Name);

    /// <summary>The host that a registry of that name has, or would have.</summary>
    public string HostOf(string name) => name.ToLowerInvariant() + _suffix;

    /// <summary>All hosts that are the registry's alone.</summary>
    public IEnumerable<string> HostsOf(Registry registry) => [HostOf(registry), .. registry.HostNames, .. registry.Network.HasDataEndpoint ? [DataHostOf(registry)] : Array.Empty<string>()];

    /// <summary>The host that blobs of the registry are fetched from, where it has a data endpoint.</summary>
    public string DataHostOf(Registry registry) => $"{registry.Name.ToLowerInvariant()}.{registry.Region}{DataLabel}{_suffix}";

    /// <param name="host">Without a port.</param>
    /// <returns>The registry whose data endpoint it is; null when it is none, or that registry has none.</returns>
    public Registry? FindByDataHost(ReadOnlySpan<char> host)
    {
        if (!IsBelowDomain(host) || !host[..^_suffix.Length].EndsWith(DataLabel, StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = host[..^(_suffix.Length + DataLabel.Length)];
        var dot = rest.IndexOf('.');
        return dot > 0 && _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest[..dot], out var registry)
            && registry.Network.HasDataEndpoint && rest[(dot + 1)..].Equals(registry.Region, StringComparison.OrdinalIgnoreCase) ? registry : null;
    }

    /// <param name="host">Host and port of the request, one of the allowed hosts.</param>
    /// <returns>Null when the host is one of a registry that is not there.</returns>
    public Registry? Resolve(string host)
    {
        var name = host.AsSpan();
        if (name is not ['[', ..] && name.IndexOf(':') is >= 0 and var colon)
            name = name[..colon];
        if (FindByHost(name) is { } registry)
            return registry;
        return IsBelowDomain(name) ? null : _plain;
    }

    /// <param name="host">Without a port.</param>
    /// <returns>The registry whose own host or further host it is; null for the plain address.</returns>
    public Registry? FindByHost(ReadOnlySpan<char> host)
    {
        if (IsBelowDomain(host) && _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host[..^_suffix.Length], out var own))
            return own;
        return !_byHost.IsEmpty && _byHost.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var further) ? further : null;
    }

    /// <summary>Goes up with every change of a registry, and of who reaches one. Whoever relies on an answer for long asks anew when it has.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Something of how registries are reached has changed.</summary>
    internal void Touch() => Interlocked.Increment(ref _version);

    /// <summary>One change of registries after the other: names, hosts, revisions and settings are looked at and then relied on.</summary>
    internal async Task<T> InTurnAsync<T>(Func<Task<T>> change)
    {
        await _changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Puts a new registry, or a changed one in the place of what it was.</summary>
    internal void Put(Registry registry)
    {
        var before = _byId.GetValueOrDefault(registry.Id);
        _byId[registry.Id] = registry;
        _byName[registry.Name] = registry;
        foreach (var host in registry.HostNames)
            _byHost[host] = registry;
        foreach (var gone in before?.HostNames.Except(registry.HostNames, StringComparer.OrdinalIgnoreCase) ?? [])
            _byHost.TryRemove(gone, out _);
        if (registry.Id == _first)
            _plain = registry;
        Touch();
    }

    /// <summary>From now on nothing leads to it.</summary>
    internal void Remove(Registry registry)
    {
        _byId.TryRemove(registry.Id, out _);
        _byName.TryRemove(registry.Name, out _);
        foreach (var host in registry.HostNames)
            _byHost.TryRemove(host, out _);
        Touch();
    }

    /// <summary>Whether no registry may have it as a further host: the domain and what is below it, and the hosts of the plain address.</summary>
    internal bool IsReserved(string host) => IsBelowDomain(host) || _reserved.Contains(host);

    private bool IsBelowDomain(ReadOnlySpan<char> host) => host.Length > _suffix.Length && host.EndsWith(_suffix, StringComparison.OrdinalIgnoreCase);
}
