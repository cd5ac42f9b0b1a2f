using System.Collections.Frozen;
using System.Net;
using Breakwater.Core.Registries;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Guards;

/// <summary>The host names that a request may be for. Others may come from a page that made a browser call us by its own name (DNS rebinding).</summary>
internal sealed class AllowedHosts
{
    private readonly bool _any;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    private readonly RegistryDirectory _registries;

    /// <param name="names">Without ports; IPv6 addresses in brackets. <c>*</c> allows all.</param>
    /// <param name="registries">Whose hosts are allowed too.</param>
    public AllowedHosts(IEnumerable<string> names, RegistryDirectory registries)
    {
        _registries = registries;
        var all = names.ToList();
        _any = all.Contains("*");
        _names = all.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The plain hosts and the registries'.</summary>
    public static AllowedHosts For(ServerSettings settings, RegistryDirectory registries) => new(Plain(settings), registries);

    /// <summary>Loopback by all its names, the machine's name, the addresses listened on, and what the operator adds.</summary>
    public static IReadOnlyList<string> Plain(ServerSettings settings)
    {
        var listeners = settings.ClientListeners.Concat(settings.Ops is { } operations ? [operations] : []);
        return ["localhost", "127.0.0.1", "[::1]", Environment.MachineName, .. settings.Hosts.Select(Bracketed), .. listeners.Select(listener => Name(listener.Address))];
    }

    /// <param name="host">The Host header: a name, and perhaps a port.</param>
    /// <param name="local">The address that the connection came in at; asking for it is never a trick with names.</param>
    public bool Allows(string host, IPAddress? local)
    {
        var name = NameOf(host);
        return name.Length > 0 && (_any || _names.Contains(name) || IsAddress(name, local) || _registries.FindByHost(name) is not null || _registries.FindByDataHost(name) is not null);
    }

    /// <summary>The name in a Host header, without its port. Empty when it is no name and port.</summary>
    public static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> host)
    {
        var colon = host is ['[', ..] ? host.IndexOf(']') + 1 : host.IndexOf(':');
        if (host is ['[', ..] && colon == 0)
            return [];
        if (colon < 0 || colon == host.Length)
            return host;
        return host[colon] == ':' && !host[(colon + 1)..].ContainsAnyExceptInRange('0', '9') ? host[..colon] : [];
    }

    private static bool IsAddress(ReadOnlySpan<char> name, IPAddress? local)
    {
        if (local is null || !IPAddress.TryParse(name is ['[', .. var inner, ']'] ? inner : name, out var address))
            return false;
        return address.Equals(local) || (local.IsIPv4MappedToIPv6 && address.Equals(local.MapToIPv4()));
    }

    private static string Bracketed(string host) => host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;

    private static string Name(IPAddress address) => Bracketed(address.ToString());
}
