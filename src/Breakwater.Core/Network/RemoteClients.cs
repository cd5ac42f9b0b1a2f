using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Core.Network;

/// <summary>The connections to registries elsewhere, past a guard.</summary>
public sealed class RemoteClients : IDisposable
{
    // Registries that look a manifest up elsewhere take their time until the first byte.
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    /// <param name="authorities">Null: those of the machine.</param>
    public RemoteClients(EgressGuard guard, X509Certificate2Collection? authorities)
    {
        _client = OutgoingHttp.Create(guard, authorities);
        _client.Timeout = HeadTimeout;
    }

    internal RemoteRegistry Open(string host, string repository, RemoteLogin? login) => new(_client, host, repository, login);

    public void Dispose() => _client.Dispose();
}
