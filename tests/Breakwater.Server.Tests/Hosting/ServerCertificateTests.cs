using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoppedClock _clock = new();
    private readonly LogLines<ServerCertificate> _log = new();

    [Fact]
    public void Poll_FilesReplaced_NewConnectionsGetTheNewCertificate()
    {
        Write("one.example");
        using var certificate = Open();
        var before = certificate.Options;
        Write("two.example");
        certificate.Poll();
        Assert.True(Leaf(before).MatchesHostname("one.example"));
        Assert.True(Leaf(certificate.Options).MatchesHostname("two.example"));
    }

    [Fact]
    public void Poll_NothingChanged_KeepsTheSameOptions()
    {
        Write("one.example");
        using var certificate = Open();
        var before = certificate.Options;
        File.SetLastWriteTimeUtc(_folder.File("server.pem"), DateTime.UnixEpoch);
        certificate.Poll();
        Assert.Same(before, certificate.Options);
    }

    [Fact]
    public void Poll_BrokenFile_KeepsTheLastGoodOneAndSaysSoOnce()
    {
        Write("one.example");
        using var certificate = Open();
        var before = certificate.Options;
        _folder.Write("server.pem", "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n");
        certificate.Poll();
        certificate.Poll();
        Assert.Same(before, certificate.Options);
        Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));

        Write("two.example");
        certificate.Poll();
        Assert.True(Leaf(certificate.Options).MatchesHostname("two.example"));
    }

    [Fact]
    public void Poll_FileGone_KeepsTheLastGoodOne()
    {
        Write("one.example");
        using var certificate = Open();
        var before = certificate.Options;
        File.Delete(_folder.File("server.pem"));
        certificate.Poll();
        Assert.Same(before, certificate.Options);
        Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void Poll_CertificateEndsSoon_WarnsOnceForEachStep()
    {
        Write("one.example");
        using var certificate = Open();
        foreach (var daysLeft in new[] { 100, 29, 28, 6, 0 })
        {
            _clock.Now = certificate.ValidUntil - TimeSpan.FromDays(daysLeft + 0.5);
            certificate.Poll();
        }
        Assert.Equal(3, _log.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal)));
    }

    [Fact]
    public void Open_KeyOfAnotherCertificate_Throws()
    {
        Write("one.example", "one.pem");
        Write("two.example", "two.pem");
        var files = new CertificateFiles(_folder.File("one.pem"), _folder.File("two.pem"));
        Assert.Throws<InvalidDataException>(() => ServerCertificate.Open(WithoutKey(files), HostUnderTest.Registries, _clock, _log));
    }

    [Fact]
    public void Poll_LocalAuthority_RenewsWhileRunning()
    {
        var authority = new LocalCertificateAuthority(_folder.Path, new CertificateNames(["one.example"], []), _clock);
        using var certificate = ServerCertificate.Open(authority.Files, HostUnderTest.Registries, _clock, _log);
        var first = certificate.ValidUntil;
        _clock.Now += TimeSpan.FromDays(380);
        certificate.Poll();
        Assert.True(certificate.ValidUntil > first);
    }

    [Fact]
    public void OptionsFor_RegistrysOwnHost_HaveACertificateForItUntilItIsOld()
    {
        var authority = new LocalCertificateAuthority(_folder.Path, new CertificateNames(["one.example"], []), _clock);
        using var certificate = ServerCertificate.Open(authority.Files, HostUnderTest.Registries, _clock, _log);

        var first = certificate.OptionsFor("fleet.localhost");
        Assert.True(Leaf(first).MatchesHostname("fleet.localhost"));
        Assert.Same(first, certificate.OptionsFor("FLEET.localhost"));
        Assert.Same(certificate.Options, certificate.OptionsFor("other.localhost"));
        Assert.Same(certificate.Options, certificate.OptionsFor(""));
        _clock.Now += TimeSpan.FromDays(31);
        Assert.NotSame(first, certificate.OptionsFor("fleet.localhost"));
    }

    [Fact]
    public void OptionsFor_OperatorsCertificate_AreThoseOfEveryHost()
    {
        Write("one.example");
        using var certificate = Open();
        Assert.Same(certificate.Options, certificate.OptionsFor("fleet.localhost"));
    }

    public void Dispose() => _folder.Dispose();

    private ServerCertificate Open() => ServerCertificate.Open(new(_folder.File("server.pem"), _folder.File("server.pem")), HostUnderTest.Registries, _clock, _log);

    /// <summary>Leaves only the certificate in the first file, so that its own key cannot be taken.</summary>
    private static CertificateFiles WithoutKey(CertificateFiles files)
    {
        var text = File.ReadAllText(files.Certificate);
        File.WriteAllText(files.Certificate, text[text.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)..]);
        return files;
    }

    private void Write(string host, string name = "server.pem")
    {
        using var other = new TemporaryFolder();
        var authority = new LocalCertificateAuthority(other.Path, new CertificateNames([host], []), _clock);
        authority.EnsureServerCertificate();
        File.Copy(authority.Files.Certificate, _folder.File(name), overwrite: true);
    }

    private static System.Security.Cryptography.X509Certificates.X509Certificate2 Leaf(System.Net.Security.SslServerAuthenticationOptions options) =>
        options.ServerCertificateContext!.TargetCertificate;
}
