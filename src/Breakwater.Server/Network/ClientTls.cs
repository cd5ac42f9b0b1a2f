using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Breakwater.Server.Network;

/// <summary>
/// The handshake of a private listener: the server's certificate as everywhere, and a client's asked for. Without an authority of the listener's own a client
/// may come with any or none; what its certificate opens, its private endpoint decides.
/// </summary>
internal sealed class PrivateTls(ClientAuthority? authority)
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
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => authority is null || (certificate is X509Certificate2 shown && authority.Knows(shown)),
    };
}
