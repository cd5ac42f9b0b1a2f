using System.Net;
using System.Text.Json;
using Breakwater.Core.Keys;
using Breakwater.Core.Network;
using Breakwater.Keys.Vault;

namespace Breakwater.Contracts.Tests.Keys;

public sealed class VaultKeyProviderTests : KeyStoreContract
{
    private readonly string _folder = TestFolder.Create();
    private readonly VaultDouble _vault = new();

    protected override string Key => $"{_vault.Server.Address}/v1/transit/keys/team-a";

    protected override string AbsentKey => $"{_vault.Server.Address}/v1/transit/keys/other";

    public override async ValueTask InitializeAsync()
    {
        await _vault.Server.StartAsync();
        _vault.AddVersion("team-a");
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.pem"), _vault.Server.Authority, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret-id"), VaultDouble.SecretId, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), VaultDouble.Token, Cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override IKeyProvider Open() => Open(new { address = _vault.Server.Address, roleId = VaultDouble.RoleId, secretIdFile = "secret-id", ca = "ca.pem" });

    private VaultKeyProvider Open(object options, string allowed = "127.0.0.0/8") =>
        VaultKeyProvider.Open(new KeyStoreEntry("vault", JsonSerializer.SerializeToElement(options), _folder, new EgressGuard([IPNetwork.Parse(allowed)]), TimeProvider.System));

    private Task<KeyVersionInfo> DescribeAsync(VaultKeyProvider provider) => provider.DescribeAsync(provider.TryParse(Key)!, Cancellation);

    protected override Task RotateAsync() => Done(() => _vault.AddVersion("team-a"));

    protected override Task RevokeAsync() => Done(() => _vault.DeniesKeys = true);

    protected override Task RestoreAsync() => Done(() => _vault.DeniesKeys = false);

    protected override Task GoAwayAsync() => _vault.Server.StopAsync();

    protected override Task ComeBackAsync() => _vault.Server.StartAsync();

    protected override Task ExchangeAsync() => Done(() =>
    {
        _vault.Remove("team-a");
        _vault.AddVersion("team-a");
    });

    private static Task Done(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Describe_VaultIsSealed_IsUnreachable()
    {
        var provider = (VaultKeyProvider)Open();
        await DescribeAsync(provider);
        _vault.IsSealed = true;
        Assert.Equal(KeyFailure.Unreachable, (await Assert.ThrowsAsync<KeyUnavailableException>(() => DescribeAsync(provider))).Failure);
    }

    [Fact]
    public async Task Unwrap_VersionBelowTheLeast_IsRefused()
    {
        var provider = (VaultKeyProvider)Open();
        var wrapped = await provider.WrapAsync(await DescribeAsync(provider), new byte[32], new byte[1], Cancellation);
        _vault.AddVersion("team-a");
        _vault.MinDecryptionVersion = 2;
        Assert.Equal(KeyFailure.Refused, (await Assert.ThrowsAsync<KeyUnavailableException>(() => provider.UnwrapAsync(wrapped, new byte[1], Cancellation))).Failure);
    }

    [Fact]
    public async Task Describe_TokenEnded_SignsInAgain()
    {
        var provider = (VaultKeyProvider)Open();
        await DescribeAsync(provider);
        _vault.ForgetTokens();
        await DescribeAsync(provider);
        Assert.Equal(2, _vault.Logins);
    }

    [Fact]
    public async Task Describe_LeaseNearItsEnd_IsRenewedWithoutASignIn()
    {
        _vault.LeaseSeconds = 1;
        var provider = (VaultKeyProvider)Open();
        await DescribeAsync(provider);
        await Task.Delay(TimeSpan.FromSeconds(0.8), Cancellation);
        await DescribeAsync(provider);
        Assert.Equal((1, 1), (_vault.Logins, _vault.Renewals));
    }

    [Fact]
    public async Task Describe_TokenFileExchanged_IsReadAnew()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), "s.wrong", Cancellation);
        var provider = Open(new { address = _vault.Server.Address, tokenFile = "token", ca = "ca.pem" });
        Assert.Equal(KeyFailure.Refused, (await Assert.ThrowsAsync<KeyUnavailableException>(() => DescribeAsync(provider))).Failure);
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), VaultDouble.Token + "\n", Cancellation);
        await DescribeAsync(provider);
    }

    [Fact]
    public async Task Describe_SecretIdNotKnown_IsRefused()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret-id"), "wrong", Cancellation);
        Assert.Equal(KeyFailure.Refused, (await Assert.ThrowsAsync<KeyUnavailableException>(() => DescribeAsync((VaultKeyProvider)Open()))).Failure);
    }

    [Fact]
    public async Task Describe_AddressThatIsNotAllowed_IsUnreachable()
    {
        var provider = Open(new { address = _vault.Server.Address, tokenFile = "token", ca = "ca.pem" }, allowed: "10.0.0.0/8");
        Assert.Equal(KeyFailure.Unreachable, (await Assert.ThrowsAsync<KeyUnavailableException>(() => DescribeAsync(provider))).Failure);
        Assert.Equal(0, _vault.Logins);
    }

    [Fact]
    public async Task Describe_CertificateOfAnotherAuthority_IsUnreachable()
    {
        var provider = Open(new { address = _vault.Server.Address, tokenFile = "token" });
        Assert.Equal(KeyFailure.Unreachable, (await Assert.ThrowsAsync<KeyUnavailableException>(() => DescribeAsync(provider))).Failure);
    }

    [Theory]
    [InlineData("/v1/transit/keys/a/0")]
    [InlineData("/v1/transit/keys/a/../../sys/seal")]
    [InlineData("/v1/transit/keys/a%2f..")]
    [InlineData("/v1/transit/keys/a?x=1")]
    [InlineData("/v1/transit/keys/")]
    [InlineData("/v1/other/keys/a")]
    [InlineData("/keys/a")]
    public void TryParse_NoKeyOfTheEngine_IsNone(string tail) => Assert.Null(Open().TryParse(_vault.Server.Address + tail));

    [Theory]
    [InlineData("""{"address":"http://vault.example","tokenFile":"t"}""")]
    [InlineData("""{"address":"https://vault.example/x","tokenFile":"t"}""")]
    [InlineData("""{"address":"https://vault.example"}""")]
    [InlineData("""{"address":"https://vault.example","tokenFile":"t","roleId":"r"}""")]
    [InlineData("""{"address":"https://vault.example","tokenFile":"t","mount":"../sys"}""")]
    [InlineData("""{"address":"https://vault.example","token":"t"}""")]
    public void Open_OptionsThatCannotBeUsed_Throws(string options) => Assert.Throws<JsonException>(() => Open(JsonSerializer.Deserialize<JsonElement>(options)));
}
