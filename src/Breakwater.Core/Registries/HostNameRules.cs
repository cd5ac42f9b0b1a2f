using System.Net;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Registries;

/// <summary>Which further hosts a registry may have.</summary>
internal static class HostNameRules
{
    public const int MaxCount = 10;

    /// <exception cref="InvalidValueException">One is no host name, is the server's own, or is another registry's.</exception>
    public static void Require(RegistryDirectory registries, Registry after)
    {
        if (after.HostNames.Length > MaxCount)
            throw new InvalidValueException($"A registry has at most {MaxCount} further host names.");
        foreach (var host in after.HostNames)
        {
            if (Uri.CheckHostName(host) != UriHostNameType.Dns || !host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') || IPAddress.TryParse(host, out _))
                throw new InvalidValueException($"'{host}' is no host name. Write it without scheme and port.");
            if (registries.IsReserved(host) || (registries.FindByHost(host) is { } other && other.Id != after.Id))
                throw new InvalidValueException($"'{host}' is in use. Choose another host name.");
        }
    }
}
