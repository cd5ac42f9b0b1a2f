using Breakwater.Server.Network;

namespace Breakwater.Server.Hosting;

/// <summary>Set on each connection, and so found on each of its requests.</summary>
/// <param name="Name">Of a private listener; null for others.</param>
/// <param name="Clients">Whose certificates are taken; null: none is asked for, or its private endpoint looks at it.</param>
internal sealed record ListenerFeature(ListenerKind Kind, string? Name = null, ClientCertificates? Clients = null)
{
    /// <summary>Public unless the connection says otherwise: an in-process test host has no listener.</summary>
    public static ListenerKind KindOf(HttpContext context) => context.Features.Get<ListenerFeature>()?.Kind ?? ListenerKind.Public;
}
