using System.Net;
using Breakwater.Server.Configuration;
using Breakwater.Server.Network;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Breakwater.Server.Hosting;

/// <summary>The doors of the server, each with its own budget of connections: clients cannot crowd out health checks and subcommands.</summary>
internal sealed class Listeners(
    ConnectionBudget budget, ServerCertificate? certificate, string? controlSocket, TimeProvider time, ILogger<ConnectionGate> logger, ILogger<ClientCertificates> clientLogger) : IDisposable
{
    /// <summary>A probe and a scraper or two; a subcommand or two.</summary>
    private const int OperationsConnections = 16, ControlConnections = 8;

    private readonly List<ClientCertificates> _clients = [];
    private ProxyProtocol? _proxies;
    private ListenOptions? _http, _https, _operations;

    /// <summary>Where plain HTTP is served, with the port that a 0 became. Null when off.</summary>
    public IPEndPoint? Http => _http?.IPEndPoint;

    public IPEndPoint? Https => _https?.IPEndPoint;

    public IPEndPoint? Operations => _operations?.IPEndPoint;

    public void Configure(KestrelServerOptions options, ServerSettings settings)
    {
        KestrelSetup.SetLimits(options);
        if (settings.ProxyProtocol.Count > 0)
            _proxies = new ProxyProtocol(settings.ProxyProtocol, time);
        if (settings.Http is { } http)
            options.Listen(http, listen => _http = Plain(listen, budget, ListenerKind.Public));
        if (settings.Https is { } https)
        {
            var clients = Clients("https", settings.ClientCa, settings.ClientCrl);
            options.Listen(https, listen => _https = Secure(listen, new ListenerFeature(ListenerKind.Public, Clients: clients), clients is null ? null : new ClientTls(clients)));
        }
        foreach (var listener in settings.PrivateListeners)
        {
            var clients = Clients(listener.Name, settings.PrivateClientCa.GetValueOrDefault(listener.Name), settings.PrivateClientCrl.GetValueOrDefault(listener.Name));
            options.Listen(listener.Address, listen => Secure(listen, new ListenerFeature(ListenerKind.Private, listener.Name, clients), new ClientTls(clients)));
        }
        if (settings.Ops is { } operations)
            options.Listen(operations, listen => _operations = Plain(listen, new ConnectionBudget(OperationsConnections), ListenerKind.Operations));
        if (controlSocket is not null)
            options.ListenUnixSocket(controlSocket, listen => Plain(listen, new ConnectionBudget(ControlConnections), ListenerKind.Control));
    }

    public void Dispose() => _clients.ForEach(clients => clients.Dispose());

    private ListenOptions Plain(ListenOptions listen, ConnectionBudget places, ListenerKind kind)
    {
        // Without TLS there is no ALPN to choose HTTP/2 by.
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(new ConnectionGate(places, new ListenerFeature(kind), plaintext: true, time, logger).Wrap);
        if (kind == ListenerKind.Public)
            UseProxies(listen);
        return listen;
    }

    /// <returns>Null: the listener has no authority of its own.</returns>
    private ClientCertificates? Clients(string listener, string? authorityFile, string? revocationFile)
    {
        if (authorityFile is null)
            return null;
        var authority = ClientAuthority.Load(authorityFile, out var problem) ?? throw new InvalidDataException($"{authorityFile}: {problem}");
        var clients = new ClientCertificates(listener, authority, revocationFile is null ? null : RevocationWatch.Open(revocationFile, authority, time, clientLogger), time, clientLogger);
        _clients.Add(clients);
        return clients;
    }

    private ListenOptions Secure(ListenOptions listen, ListenerFeature listener, ClientTls? tls)
    {
        listen.Use(new ConnectionGate(budget, listener, plaintext: false, time, logger).Wrap);
        UseProxies(listen);
        KestrelSetup.UseHttps(listen, certificate ?? throw new InvalidOperationException("HTTPS needs a certificate."), tls);
        return listen;
    }

    // Before TLS: the header stands in front of it.
    private void UseProxies(ListenOptions listen)
    {
        if (_proxies is not null)
            listen.Use(_proxies.Wrap);
    }
}
