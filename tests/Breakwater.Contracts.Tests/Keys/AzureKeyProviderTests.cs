using System.Net;
using System.Text.Json;
using Breakwater.Core.Keys;
using Breakwater.Core.Network;
using Breakwater.Keys.AzureKeyVault;

namespace Breakwater.Contracts.Tests.Keys;

public sealed class AzureKeyProviderTests : KeyStoreContract
{
    private readonly string _folder = TestFolder.Create();
    private readonly AzureDouble _azure = new();

    protected override string Key => $"{_azure.Server.Address}/keys/team-a";

    protected override string AbsentKey => $"{_azure.Server.Address}/keys/other";

    public override async ValueTask InitializeAsync()
    {
        await _azure.StartAsync();
        _azure.AddVersion("team-a");
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.pem"), _azure.Server.Authority, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), AzureDouble.Secret, Cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        await _azure.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override IKeyProvider Open() => Open(new
    {
        vaults = new[] { _azure.Server.Address },
        tenantId = AzureDouble.Tenant,
        clientId = AzureDouble.Client,
        clientSecretFile = "secret",
        authorityHost = _azure.Server.Address,
        ca = "ca.pem",
    });

    private AzureKeyProvider Open(object options) =>
        AzureKeyProvider.Open(new KeyStoreEntry("azure", JsonSerializer.SerializeToElement(options), _folder, new EgressGuard([IPNetwork.Parse("127.0.0.0/8")]), TimeProvider.System));

    private async Task<KeyFailure> FailureAsync(IKeyProvider provider) =>
        (await Assert.ThrowsAsync<KeyUnavailableException>(() => provider.DescribeAsync(provider.TryParse(Key)!, Cancellation))).Failure;

    protected override Task RotateAsync() => Done(() => _azure.AddVersion("team-a"));

    protected override Task RevokeAsync() => Done(() => _azure.Forbids = true);

    protected override Task RestoreAsync() => Done(() => _azure.Forbids = false);

    protected override Task GoAwayAsync() => _azure.Server.StopAsync();

    protected override Task ComeBackAsync() => _azure.StartAsync();

    protected override Task ExchangeAsync() => Done(() => _azure.Exchange("team-a"));

    private static Task Done(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Unwrap_KeyDisabled_IsRefused()
    {
        var provider = Open();
        var wrapped = await provider.WrapAsync(await provider.DescribeAsync(provider.TryParse(Key)!, Cancellation), new byte[32], new byte[1], Cancellation);
        _azure.IsDisabled = true;
        Assert.Equal(KeyFailure.Refused, (await Assert.ThrowsAsync<KeyUnavailableException>(() => provider.UnwrapAsync(wrapped, new byte[1], Cancellation))).Failure);
        Assert.Equal(KeyFailure.Refused, await FailureAsync(provider));
    }

    [Fact]
    public async Task Describe_Throttled_IsUnreachable()
    {
        _azure.IsBusy = true;
        Assert.Equal(KeyFailure.Unreachable, await FailureAsync(Open()));
    }

    [Fact]
    public async Task Describe_TokenEnded_SignsInAgain()
    {
        var provider = Open();
        await provider.DescribeAsync(provider.TryParse(Key)!, Cancellation);
        await provider.DescribeAsync(provider.TryParse(Key)!, Cancellation);
        Assert.Equal(1, _azure.SignIns);
        _azure.ForgetTokens();
        await provider.DescribeAsync(provider.TryParse(Key)!, Cancellation);
        Assert.Equal(2, _azure.SignIns);
    }

    [Fact]
    public async Task Describe_ApplicationMayNotSignIn_IsRefused()
    {
        _azure.RefusesSignIn = true;
        Assert.Equal(KeyFailure.Refused, await FailureAsync(Open()));
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("https://notlocalhost")]
    [InlineData("http://localhost")]
    public async Task Describe_ChallengeForAnotherResource_IsRefusedWithoutASignIn(string resource)
    {
        _azure.Server.Challenge = $"Bearer authorization=\"{_azure.Server.Address}/{AzureDouble.Tenant}\", resource=\"{resource}\"";
        Assert.Equal(KeyFailure.Refused, await FailureAsync(Open()));
        Assert.Equal(0, _azure.SignIns);
    }

    [Theory]
    [InlineData("https://team.vault.azure.net", "https://vault.azure.net", "https://vault.azure.net/.default")]
    [InlineData("https://hsm.managedhsm.azure.net", "https://managedhsm.azure.net", "https://managedhsm.azure.net/.default")]
    [InlineData("https://team.vault.azure.net", "https://azure.net.example", null)]
    [InlineData("https://team.vault.azure.net", "https://ault.azure.net", null)]
    public void ScopeOf_Challenge_IsTheVaultsOwn(string vault, string resource, string? scope) =>
        Assert.Equal(scope, AzureChallenge.ScopeOf($"Bearer authorization=\"https://login.microsoftonline.com/t\", resource=\"{resource}\"", new Uri(vault)));

    [Theory]
    [InlineData("/keys/a/b")]
    [InlineData("/keys/a?x=1")]
    [InlineData("/keys/")]
    [InlineData("/secrets/a")]
    public void TryParse_NoKeyOfTheVault_IsNone(string tail) => Assert.Null(Open().TryParse(_azure.Server.Address + tail));

    [Fact]
    public void TryParse_OtherCase_IsTheSameKey() => Assert.Equal(new KeyReference(Key, null), Open().TryParse($"https://LOCALHOST:{_azure.Server.Port}/keys/Team-A"));

    [Theory]
    [InlineData("""{"vaults":[],"tenantId":"t","clientId":"c","clientSecretFile":"s"}""")]
    [InlineData("""{"vaults":["http://a.example"],"tenantId":"t","clientId":"c","clientSecretFile":"s"}""")]
    [InlineData("""{"vaults":["https://a.example"],"tenantId":"t","clientId":"c"}""")]
    [InlineData("""{"vaults":["https://a.example"],"tenantId":"t","clientId":"c","clientSecretFile":"s","federatedTokenFile":"f"}""")]
    [InlineData("""{"vaults":["https://a.example"],"tenantId":"t","clientId":"c","clientSecret":"s"}""")]
    public void Open_OptionsThatCannotBeUsed_Throws(string options) => Assert.Throws<JsonException>(() => Open(JsonSerializer.Deserialize<JsonElement>(options)));
}
