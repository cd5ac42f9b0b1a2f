using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Network;

/// <summary>Which clients' certificates a listener takes: those of its authority, but for those that are revoked. Asked at the handshake and on every request.</summary>
internal sealed class ClientCertificates(string listener, ClientAuthority authority, RevocationWatch? revocations, TimeProvider time, ILogger logger) : IDisposable
{
    // One object for all requests of a TLS connection: looking for the chain once is enough. Null inside: it has none.
    private readonly ConditionalWeakTable<X509Certificate2, StrongBox<ClientChain?>> _chains = [];

    /// <param name="certificate">Null: the client showed none.</param>
    public bool Admits(X509Certificate2? certificate)
    {
        if (certificate is null || ChainOf(certificate) is not { } chain || time.GetUtcNow() > chain.ValidUntil)
            return false;
        if (revocations?.Current.ProblemOf(chain, time.GetUtcNow()) is not { } problem)
            return true;
        logger.ClientCertificateRefused(certificate.Subject, listener, problem);
        return false;
    }

    public void Dispose() => revocations?.Dispose();

    private ClientChain? ChainOf(X509Certificate2 certificate) => _chains.GetValue(certificate, shown => new StrongBox<ClientChain?>(authority.ChainOf(shown))).Value;
}
