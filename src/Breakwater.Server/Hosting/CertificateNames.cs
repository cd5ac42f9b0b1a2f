using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Hosting;

/// <summary>The host names and addresses that the local CA's server certificate speaks for.</summary>
internal sealed class CertificateNames
{
    private readonly SortedSet<string> _dnsNames = new(StringComparer.OrdinalIgnoreCase) { "localhost" };
    private readonly HashSet<IPAddress> _addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    public CertificateNames(IEnumerable<string> hosts, IEnumerable<IPAddress> addresses)
    {
        foreach (var host in hosts)
            Add(host);
        foreach (var address in addresses)
            _addresses.Add(address);
    }

    public IEnumerable<string> DnsNames => _dnsNames;

    public IEnumerable<IPAddress> Addresses => _addresses;

    /// <summary>The machine's name, the configured hosts and the addresses listened on; with a wildcard address all of the machine's.</summary>
    public static CertificateNames For(ServerSettings settings)
    {
        var addresses = settings.ClientListeners.Select(listener => listener.Address).Distinct().ToList();
        var own = addresses.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? MachineAddresses() : [];
        return new([Environment.MachineName, .. settings.Hosts], addresses.Where(address => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)).Concat(own));
    }

    public SubjectAlternativeNameBuilder ToExtension()
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in _dnsNames)
            builder.AddDnsName(name);
        foreach (var address in _addresses)
            builder.AddIpAddress(address);
        return builder;
    }

    public bool AreThoseOf(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();
        return extension is not null
            && _dnsNames.SetEquals(extension.EnumerateDnsNames())
            && _addresses.SetEquals(extension.EnumerateIPAddresses());
    }

    private void Add(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            _addresses.Add(address);
        // A machine's name may hold what DNS does not allow; such a name stays out.
        else if (Uri.CheckHostName(host) == UriHostNameType.Dns && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
            _dnsNames.Add(host);
    }

    private static IEnumerable<IPAddress> MachineAddresses() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal);
}
