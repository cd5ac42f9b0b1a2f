using System.Diagnostics.Metrics;
using System.Net;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;
using Breakwater.Server.Errors;
using Breakwater.Server.Guards;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Network;

/// <summary>
/// Whether the registry that a request is for lets its network in. Asked on every request: connections outlive changes, and proxies share them. The
/// management plane is not its matter, as with ACR, and neither are the installation's own sign-in pages, but at a registry's own host.
/// </summary>
internal sealed class NetworkGate(RegistryDirectory registries, PrivateConnections connections)
{
    private static readonly Meter Meter = new(Telemetry.Name);
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("breakwater.network.refused", "{request}", "Requests that a registry's network rules refused.");

    /// <summary>For what needs no signing in.</summary>
    public bool Admits(HttpContext context, OpenDemand demand) =>
        // One that is not there is the handler's to answer.
        registries.Resolve(context.Request.Host.Value ?? "") is not { } registry || Admits(context, demand, registry);

    /// <param name="registry">That of the request's host.</param>
    public bool Admits(HttpContext context, AccessDemand demand, Registry registry) =>
        registry.Network.AdmitsAll || (!demand.IsOfRegistry && !IsAtOwnHost(context)) || Admits(RequestOrigin.Of(context), registry);

    public bool Admits(HttpContext context, Registry registry) => registry.Network.AdmitsAll || Admits(RequestOrigin.Of(context), registry);

    // Private comes first: then the rules are not asked. By a private listener nobody else is private; the rules hold for them as everywhere.
    private bool Admits(RequestOrigin origin, Registry registry) => IsPrivate(origin, registry) || registry.Network.AdmitsPublic(origin.Address);

    private bool IsPrivate(RequestOrigin origin, Registry registry) =>
        origin.Listener is { } listener && connections.Admit(registry.Id, listener, origin.Address, origin.Certificate);

    /// <summary>
    /// The address that a change of the registry's network must go on letting in. Null for the machine itself, from which there is another way in, and for who
    /// came by an approved private endpoint, for whom rules and public access mean nothing.
    /// </summary>
    public IPAddress? AddressToKeep(HttpContext context, Registry registry)
    {
        var origin = RequestOrigin.Of(context);
        return origin.Address is { } address && !IPAddress.IsLoopback(address) && !IsPrivate(origin, registry) ? address : null;
    }

    // Not at the plain address, where the installation is managed, whatever the rules of the registry that answers there too.
    private bool IsAtOwnHost(HttpContext context) => registries.FindByHost(AllowedHosts.NameOf(context.Request.Host.Value ?? "")) is not null;

    /// <summary>For imports, which this server makes itself: a registry that trusts services lets them in.</summary>
    public Func<Registry, bool> ReachOf(RequestOrigin origin) => registry =>
        registries.Find(registry.Id) is { } current && (current.Network.TrustsServices || Admits(origin, current));

    /// <summary>To be asked while a transfer goes on.</summary>
    public NetworkRight RightOf(HttpContext context, Registry registry) => new(this, registries, context, registry.Id);

    /// <summary>ACR's words, by which its tools know the case.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        Note(context);
        return OciAnswer.WriteAsync(context, OciErrors.Denied, MessageFor(context));
    }

    /// <summary>Counts a refusal and remembers it for the audit log, which bounds how many it takes.</summary>
    public static void Note(HttpContext context)
    {
        Refused.Add(1);
        AuditTrail.Of(context).NoteNetworkRefusal();
    }

    public static string MessageFor(HttpContext context) =>
        $"client with IP '{context.Connection.RemoteIpAddress}' is not allowed access. Refer https://aka.ms/acr/firewall to grant access. CorrelationId: {context.TraceIdentifier}";
}
