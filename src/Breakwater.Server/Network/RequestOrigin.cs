using System.Net;

namespace Breakwater.Server.Network;

/// <summary>Where a request comes from, as a registry's network sees it; for what outlives the request.</summary>
internal sealed record RequestOrigin(IPAddress? Address)
{
    public static RequestOrigin Of(HttpContext context) => new(context.Connection.RemoteIpAddress);

    /// <summary>The address that a change of the rules must go on letting in; null for the machine itself, from which there is another way in.</summary>
    public static IPAddress? PublicAddressOf(HttpContext context) => context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address) ? address : null;
}
