using System.Net;
using System.Net.NetworkInformation;

namespace Breakwater.Testing.Hosting;

/// <summary>Free ports below the range from which the kernel takes ports of outgoing connections, so that nobody takes them in between.</summary>
public static class Ports
{
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 31_000);
            var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(endpoint => endpoint.Port == port);
            if (!taken)
                return port;
        }
    }

    public static IPEndPoint Loopback(int port) => new(IPAddress.Loopback, port);
}
