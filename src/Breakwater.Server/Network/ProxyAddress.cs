using System.Net;

namespace Breakwater.Server.Network;

/// <summary>Who holds the other end of the socket, where that is not the client: a proxy that the operator trusts. Absent, it is the client.</summary>
internal sealed record ProxyAddress(IPAddress Address)
{
    /// <summary>For the audit log, made once for all requests of a connection.</summary>
    public string Text { get; } = $"Through {Address}.";

    /// <returns>Null: the client itself.</returns>
    public static ProxyAddress? Of(HttpContext context) => context.Features.Get<ProxyAddress>();
}
