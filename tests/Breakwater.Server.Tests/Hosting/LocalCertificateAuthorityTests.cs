using System.Net;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

public sealed class LocalCertificateAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly StoppedClock _clock = new();

    [Fact]
    public void Ensure_NewFolder_MakesAChainThatClientsTrust()
    {
        Authority().EnsureServerCertificate();
        using var authority = Read("tls/ca.crt");
        using var server = Read("tls/private/server.pem");
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _clock.Now.UtcDateTime;
        Assert.True(chain.Build(server), string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(server.MatchesHostname("localhost"));
        Assert.True(server.MatchesHostname("127.0.0.1"));
        Assert.True(server.MatchesHostname("registry.example"));
        Assert.False(server.MatchesHostname("other.example"));
        Assert.Equal(397, (server.NotAfter.ToUniversalTime() - _clock.Now.UtcDateTime).TotalDays, precision: 0);
        Assert.True(authority.Extensions.OfType<X509BasicConstraintsExtension>().Single() is { Critical: true, CertificateAuthority: true });
    }

    [Fact]
    public void Ensure_NewFolder_KeepsKeysFromOthersAndOutOfTheClientsFolder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Authority().EnsureServerCertificate();
#pragma warning disable CA1416 // Not on Windows.
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner, File.GetUnixFileMode(_data.File("tls/private/ca.key")));
        Assert.Equal(owner, File.GetUnixFileMode(_data.File("tls/private/server.pem")));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_data.File("tls/private")));
#pragma warning restore CA1416
        Assert.Equal(["ca.crt"], Directory.GetFiles(_data.File("tls")).Select(Path.GetFileName));
    }

    [Fact]
    public void Ensure_Again_ChangesNothing()
    {
        Authority().EnsureServerCertificate();
        var before = Texts();
        _clock.Now += TimeSpan.FromDays(300);
        Authority().EnsureServerCertificate();
        Assert.Equal(before, Texts());
    }

    [Fact]
    public void Ensure_CertificateEndsSoon_RenewsItUnderTheSameAuthority()
    {
        Authority().EnsureServerCertificate();
        var (authority, server) = Texts();
        _clock.Now += TimeSpan.FromDays(368);
        Authority().EnsureServerCertificate();
        Assert.Equal(authority, Texts().Authority);
        Assert.NotEqual(server, Texts().Server);
        using var renewed = Read("tls/private/server.pem");
        Assert.True(renewed.NotAfter.ToUniversalTime() > _clock.Now.AddDays(390));
    }

    [Fact]
    public void Ensure_OtherNames_IssuesForThem()
    {
        Authority().EnsureServerCertificate();
        var authority = Texts().Authority;
        Authority("new.example").EnsureServerCertificate();
        Assert.Equal(authority, Texts().Authority);
        using var server = Read("tls/private/server.pem");
        Assert.True(server.MatchesHostname("new.example"));
        Assert.False(server.MatchesHostname("registry.example"));
    }

    [Fact]
    public void Ensure_ClockSetBack_StillIssues()
    {
        Authority().EnsureServerCertificate();
        _clock.Now -= TimeSpan.FromDays(2);
        Authority("new.example").EnsureServerCertificate();
        using var server = Read("tls/private/server.pem");
        Assert.True(server.MatchesHostname("new.example"));
    }

    [Fact]
    public void Ensure_InterruptedAfterTheKey_UsesThatKey()
    {
        Authority().EnsureServerCertificate();
        var key = File.ReadAllText(_data.File("tls/private/ca.key"));
        File.Delete(_data.File("tls/ca.crt"));
        Authority().EnsureServerCertificate();
        Assert.Equal(key, File.ReadAllText(_data.File("tls/private/ca.key")));
        Assert.True(File.Exists(_data.File("tls/ca.crt")));
    }

    [Fact]
    public void Ensure_KeyGoneOrForeign_RefusesWithRemedyAndKeepsTheAuthority()
    {
        Authority().EnsureServerCertificate();
        var authority = Texts().Authority;
        var key = _data.File("tls/private/ca.key");
        using (var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256))
            File.WriteAllText(key, other.ExportPkcs8PrivateKeyPem());
        Assert.Contains("is not the key of", Assert.Throws<InvalidDataException>(() => Authority("new.example").EnsureServerCertificate()).Message, StringComparison.Ordinal);
        File.Delete(key);
        Assert.Contains("backup", Assert.Throws<InvalidDataException>(() => Authority("new.example").EnsureServerCertificate()).Message, StringComparison.Ordinal);
        Assert.Equal(authority, Texts().Authority);
    }

    [Fact]
    public void NamesFor_Settings_HoldHostsMachineAndAddresses()
    {
        var names = CertificateNames.For(new() { Hosts = ["a.example", "10.9.8.7", "*"], Https = new(IPAddress.Parse("192.0.2.1"), 443) });
        Assert.Contains("a.example", names.DnsNames);
        Assert.Contains("localhost", names.DnsNames);
        Assert.DoesNotContain("*", names.DnsNames);
        Assert.Contains(IPAddress.Parse("10.9.8.7"), names.Addresses);
        Assert.Contains(IPAddress.Parse("192.0.2.1"), names.Addresses);
        Assert.DoesNotContain(IPAddress.Any, CertificateNames.For(new() { Https = new(IPAddress.Any, 443) }).Addresses);
    }

    public void Dispose() => _data.Dispose();

    private LocalCertificateAuthority Authority(string host = "registry.example") => new(_data.Path, new CertificateNames([host], []), _clock);

    private X509Certificate2 Read(string name) => X509Certificate2.CreateFromPem(File.ReadAllText(_data.File(name)));

    private (string Authority, string Server) Texts() => (File.ReadAllText(_data.File("tls/ca.crt")), File.ReadAllText(_data.File("tls/private/server.pem")));
}
