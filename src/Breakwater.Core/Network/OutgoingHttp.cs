using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Core.Network;

/// <summary>
/// The one maker of HTTP clients. They follow no redirection, use no proxy, connect to no address where clouds keep the credentials of machines
/// (link-local ones and a few more), wait 10 seconds and read at most 1 MiB.
/// </summary>
public static class OutgoingHttp
{
    private const int MaxAnswerBytes = 1024 * 1024;

    /// <summary>Where clouds serve machines outside of the link-local networks: Azure's WireServer, Alibaba's and AWS's metadata.</summary>
    private static readonly ImmutableArray<IPAddress> CloudServices = [IPAddress.Parse("168.63.129.16"), IPAddress.Parse("100.100.100.200"), IPAddress.Parse("fd00:ec2::254")];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10), ConnectTimeout = TimeSpan.FromSeconds(5), KeepConnections = TimeSpan.FromMinutes(2);

    /// <param name="authorities">Certificate authorities to trust instead of the machine's; null: those of the machine.</param>
    public static HttpClient Create(X509Certificate2Collection? authorities) => Create(authorities, address => !IsForbidden(address));

    /// <summary>For targets that others than the operator name: nothing but what the guard allows is connected to.</summary>
    /// <param name="authorities">As above.</param>
    public static HttpClient Create(EgressGuard guard, X509Certificate2Collection? authorities) => Create(authorities, guard.Allows);

    public static HttpClient Create(EgressGuard guard) => Create(null, guard.Allows);

    /// <summary>For services that the operator names with an address and the authority that vouches for them.</summary>
    /// <param name="authorityFile">A PEM file with the only authorities that are trusted; null: those of the machine.</param>
    public static HttpClient Create(EgressGuard guard, string? authorityFile)
    {
        if (authorityFile is null)
            return Create(guard);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(authorityFile);
        return Create(guard, authorities);
    }

    private static HttpClient Create(X509Certificate2Collection? authorities, Func<IPAddress, bool> allows)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = KeepConnections,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context, allows, cancellationToken),
        };
        if (authorities is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }
#pragma warning disable RS0030 // The place that the banned symbol's message leads to.
        return new HttpClient(handler) { Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };
#pragma warning restore RS0030
    }

    /// <summary>Whether nothing here may ever connect to it.</summary>
    public static bool IsForbidden(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // A scope changes nothing of where it leads.
        if (CloudServices.Contains(new IPAddress(plain.GetAddressBytes())) || plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any))
            return true;
        return plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..] or [>= 224, ..];
    }

    // The address that was judged is the one that is connected to: a name cannot change in between.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, Func<IPAddress, bool> allows, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => allows(address));
        if (allowed.Length == 0)
            throw new AddressRefusedException(context.DnsEndPoint.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
