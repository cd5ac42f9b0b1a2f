using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Network;

/// <summary>
/// The handshake of a listener that asks for clients' certificates: the server's as everywhere, and a client's. Where the listener has no authority of its own, as
/// a private one may have none, a client may come with any or none; what its certificate opens, its private endpoint decides.
/// </summary>
internal sealed class ClientTls(ClientCertificates? clients)
{
    // One object serves all connections until the certificate changes.
    private readonly ConditionalWeakTable<SslServerAuthenticationOptions, SslServerAuthenticationOptions> _derived = [];

    public SslServerAuthenticationOptions OptionsFrom(SslServerAuthenticationOptions server) => _derived.GetValue(server, Derive);

    private SslServerAuthenticationOptions Derive(SslServerAuthenticationOptions server) => new()
    {
        ServerCertificateContext = server.ServerCertificateContext,
        EnabledSslProtocols = server.EnabledSslProtocols,
        ApplicationProtocols = server.ApplicationProtocols,
        CipherSuitesPolicy = server.CipherSuitesPolicy,
        ClientCertificateRequired = true,
        // A resumed session would bring a certificate that nobody looked at today.
        AllowTlsResume = false,
        // The platform's check would fetch lists from wherever certificates say; ours are files.
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => clients is null || clients.Admits(certificate as X509Certificate2),
    };
}
