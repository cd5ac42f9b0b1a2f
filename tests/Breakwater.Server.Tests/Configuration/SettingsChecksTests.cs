using System.Net;
using Breakwater.Server.Configuration;
using Breakwater.Server.Hosting;
using Breakwater.Server.Tests.Network;

namespace Breakwater.Server.Tests.Configuration;

public sealed class SettingsChecksTests : IDisposable
{
    private const int Descriptors = 1024;

    private static readonly IPEndPoint Everywhere = new(IPAddress.Any, 5000);

    private readonly TemporaryFolder _folder = new();

    private ServerSettings Good => new() { Data = _folder.Path };

    [Fact]
    public void ForServing_Defaults_Pass() => Assert.Empty(SettingsChecks.ForServing(Good, Descriptors));

    [Fact]
    public void ForServing_PlaintextBeyondLoopback_IsRefusedUnlessAllowed()
    {
        var open = Good with { Http = Everywhere, Ops = new(IPAddress.IPv6Any, 5001) };
        Assert.Equal(["http", "ops"], Keys(open));
        Assert.Empty(Keys(open with { AllowPlaintext = true }));
        Assert.Empty(Keys(Good with { Https = Everywhere, Http = null }));
    }

    [Fact]
    public void ForServing_NothingToListenOn_IsRefused() => Assert.Equal(["https"], Keys(Good with { Http = null, Https = null }));

    [Fact]
    public void ForServing_OnePortTwice_IsRefused()
    {
        Assert.Equal(["https"], Keys(Good with { Https = Good.Http }));
        Assert.Empty(Keys(Good with { Http = new(IPAddress.Loopback, 0), Https = new(IPAddress.Loopback, 0) }));
    }

    [Fact]
    public void ForServing_HalfOrBrokenCertificate_IsRefused()
    {
        var text = _folder.Write("x.pem", "not a certificate");
        Assert.Equal(["tls-key"], Keys(Good with { TlsCert = text }));
        Assert.Equal(["tls-cert"], Keys(Good with { TlsKey = text }));
        Assert.Equal(["tls-cert"], Keys(Good with { TlsCert = text, TlsKey = text }));
        Assert.Equal(["tls-cert"], Keys(Good with { TlsCert = _folder.File("none"), TlsKey = text }));
    }

    [Fact]
    public void ForServing_ClientAuthorityThatCannotBeAsked_IsRefused()
    {
        using var authority = TestAuthority.Create();
        using var stranger = TestAuthority.Create("CN=stranger");
        var ca = _folder.Write("ca.pem", authority.Pem);
        var (good, foreign) = (_folder.Write("good.crl", TestAuthority.ToPem(authority.Revoke())), _folder.Write("foreign.crl", TestAuthority.ToPem(stranger.Revoke())));
        var asked = Good with { ClientCa = ca, ClientCrl = good };
        Assert.Empty(Keys(asked));
        Assert.Equal(["client-ca"], Keys(asked with { Https = null }));
        Assert.Equal(["client-ca"], Keys(asked with { Http = Everywhere, AllowPlaintext = true }));
        Assert.Equal(["client-ca"], Keys(asked with { ClientCa = good }));
        Assert.Equal(["client-crl"], Keys(asked with { ClientCa = null }));
        Assert.Equal(["client-crl"], Keys(asked with { ClientCrl = _folder.File("none") }));
        Assert.Equal(["client-crl"], Keys(asked with { ClientCrl = ca }));
        Assert.Contains("CN=stranger", Assert.Single(SettingsChecks.ForServing(asked with { ClientCrl = foreign }, Descriptors)).Why, StringComparison.Ordinal);

        Dictionary<string, string> Of(string name, string file) => new() { [name] = file };
        var listening = Good with { PrivateListeners = [new("vpn", new IPEndPoint(IPAddress.Loopback, 6000))], PrivateClientCa = Of("vpn", ca), PrivateClientCrl = Of("vpn", good) };
        Assert.Empty(Keys(listening));
        Assert.Equal(["private-client-crl"], Keys(listening with { PrivateClientCrl = Of("dmz", good) }));
        Assert.Equal(["private-client-ca"], Keys(listening with { PrivateClientCa = Of("dmz", ca), PrivateClientCrl = Of("dmz", good) }).Distinct());
        Assert.Equal(["private-client-crl"], Keys(listening with { PrivateClientCa = new Dictionary<string, string>() }));
        Assert.Equal(["private-client-crl"], Keys(listening with { PrivateClientCrl = Of("vpn", foreign) }));
        Assert.Empty(Keys(listening with { PrivateNetworks = SettingTexts.NamedNetworks("vpn=10.8.0.0/24") }));
        Assert.Equal(["private-networks"], Keys(listening with { PrivateNetworks = SettingTexts.NamedNetworks("dmz=10.8.0.0/24") }));
    }

    [Fact]
    public void ForServing_PasswordTwiceOrEmptyOrMissing_IsRefused()
    {
        Assert.Equal(["owner-password-file"], Keys(Good with { OwnerPassword = new("long enough for all"), OwnerPasswordFile = _folder.Write("p", "long enough for all") }));
        Assert.Equal(["owner-password-file"], Keys(Good with { OwnerPasswordFile = _folder.Write("empty", "\n") }));
        Assert.Equal(["owner-password-file"], Keys(Good with { OwnerPasswordFile = _folder.File("none") }));
    }

    [Fact]
    public void ForServing_WeakPassword_IsRefusedWithoutShowingIt()
    {
        var error = Assert.Single(SettingsChecks.ForServing(Good with { OwnerPassword = new("hunter2") }, Descriptors));
        Assert.StartsWith("owner-password = ***: The password has 7 characters", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ForServing_ConnectionsBeyondDescriptors_AreRefused()
    {
        var most = ConnectionBudget.Largest(Descriptors);
        Assert.Empty(Keys(Good with { MaxConnections = most }));
        Assert.Equal(["max-connections"], Keys(Good with { MaxConnections = most + 1 }));
        Assert.Equal(["descriptor limit"], SettingsChecks.ForServing(Good, 256).Select(error => error.Key));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Keys(ServerSettings settings) => SettingsChecks.ForServing(settings, Descriptors).Select(error => error.Key);
}
