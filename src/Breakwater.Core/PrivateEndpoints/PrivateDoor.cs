using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Core.Network;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>An approved connection, ready to be asked on every request.</summary>
internal sealed class PrivateDoor(ConnectionTerms terms)
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly AddressSet _prefixes = AddressSet.Of(terms.SourcePrefixes);
    private readonly X509Certificate2Collection? _authority = terms.OpenAuthority();

    // One object for all requests of a TLS connection: looking for the chain once is enough, as it would be for the listener itself.
    private readonly ConditionalWeakTable<X509Certificate2, object> _verdicts = [];

    public bool Admits(string listener, IPAddress? address, X509Certificate2? certificate, DateTimeOffset now) =>
        listener == terms.Listener
        && (terms.SourcePrefixes.IsEmpty || (address is not null && _prefixes.Contains(address)))
        && (_authority is null || (certificate is not null && IsKnown(certificate, now)));

    private bool IsKnown(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime()
        && (bool)_verdicts.GetValue(certificate, found => HasChain(found, now));

    private bool HasChain(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = now.UtcDateTime,
                VerificationTimeIgnored = false,
                ApplicationPolicy = { ClientAuthentication },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority!);
        return chain.Build(certificate);
    }
}
