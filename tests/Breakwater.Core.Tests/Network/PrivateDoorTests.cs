using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Core.Identity;
using Breakwater.Core.PrivateEndpoints;

namespace Breakwater.Core.Tests.Network;

public sealed class PrivateDoorTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly X509Certificate2 Authority = Make("CN=clients", null, isAuthority: true), Other = Make("CN=clients", null, isAuthority: true);

    [Theory]
    [InlineData("vpn", "10.8.0.7", true)]
    [InlineData("vpn", "::ffff:10.8.0.7", true)]
    [InlineData("vpn", "10.9.0.7", false)]
    [InlineData("other", "10.8.0.7", false)]
    [InlineData("vpn", null, false)]
    public void Admits_Networks_ByListenerAndAddress(string listener, string? address, bool admitted) => Assert.Equal(
        admitted, new PrivateDoor(ConnectionTerms.Require("vpn", ["10.8.0.0/24"], null)).Admits(listener, address is null ? null : IPAddress.Parse(address), null, Now));

    [Fact]
    public void Admits_Authority_ByACertificateOfItThatIsForClients()
    {
        var door = new PrivateDoor(ConnectionTerms.Require("vpn", [], Authority.ExportCertificatePem()));
        Assert.True(Admits(door, Make("CN=client", Authority)));
        Assert.False(Admits(door, null));
        Assert.False(Admits(door, Make("CN=client", Other)));
        Assert.False(Admits(door, Make("CN=client", Authority, usage: "1.3.6.1.5.5.7.3.1")));
        Assert.False(Admits(door, Make("CN=client", Authority, from: Now.AddDays(-3), until: Now.AddDays(-1))));
        Assert.False(Admits(door, Make("CN=client", Authority, from: Now.AddDays(1), until: Now.AddDays(2))));
    }

    [Fact]
    public void Admits_CertificateThatEnds_NotAfterwards()
    {
        var door = new PrivateDoor(ConnectionTerms.Require("vpn", [], Authority.ExportCertificatePem()));
        using var client = Make("CN=client", Authority);
        Assert.True(Admits(door, client));
        Assert.False(door.Admits("vpn", null, client, Now.AddYears(2)));
    }

    [Fact]
    public void Admits_NetworksAndAuthority_Both()
    {
        var door = new PrivateDoor(ConnectionTerms.Require("vpn", ["10.8.0.0/24"], Authority.ExportCertificatePem()));
        using var client = Make("CN=client", Authority);
        Assert.True(door.Admits("vpn", IPAddress.Parse("10.8.0.7"), client, Now));
        Assert.False(door.Admits("vpn", IPAddress.Parse("10.9.0.7"), client, Now));
        Assert.False(door.Admits("vpn", IPAddress.Parse("10.8.0.7"), null, Now));
    }

    [Fact]
    public void Require_WouldLetEverybodyIn_IsRefused()
    {
        Assert.Contains("sourcePrefixes", Assert.Throws<InvalidValueException>(() => ConnectionTerms.Require("vpn", [], " ")).Message, StringComparison.Ordinal);
        Assert.Contains("Write 10.8.0.0/24", Assert.Throws<InvalidValueException>(() => ConnectionTerms.Require("vpn", ["10.8.0.1/24"], null)).Message, StringComparison.Ordinal);
        Assert.Contains("no certificate", Assert.Throws<InvalidValueException>(() => ConnectionTerms.Require("vpn", [], "nothing")).Message, StringComparison.Ordinal);
        using var leaf = Make("CN=client", Authority);
        Assert.Contains("no authority's", Assert.Throws<InvalidValueException>(() => ConnectionTerms.Require("vpn", [], leaf.ExportCertificatePem())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_KeyBesideTheCertificate_IsNotKept()
    {
        using var key = ECDsa.Create();
        var terms = ConnectionTerms.Require("vpn", [], key.ExportPkcs8PrivateKeyPem() + "\n" + Authority.ExportCertificatePem());
        Assert.DoesNotContain("PRIVATE KEY", terms.ClientAuthority, StringComparison.Ordinal);
    }

    private static bool Admits(PrivateDoor door, X509Certificate2? certificate) => door.Admits("vpn", IPAddress.Parse("192.0.2.1"), certificate, Now);

    private static X509Certificate2 Make(
        string subject, X509Certificate2? issuer, bool isAuthority = false, string usage = "1.3.6.1.5.5.7.3.2", DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer is null)
            return request.CreateSelfSigned(Now.AddDays(-10), Now.AddYears(5));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        return request.Create(issuer, from ?? Now.AddDays(-1), until ?? Now.AddYears(1), RandomNumberGenerator.GetBytes(8));
    }
}
