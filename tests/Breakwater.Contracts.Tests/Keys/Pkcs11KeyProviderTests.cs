using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Core.Keys;
using Breakwater.Core.Network;
using Breakwater.Keys.Pkcs11;
using Breakwater.Testing.Tooling;

namespace Breakwater.Contracts.Tests.Keys;

public sealed class Pkcs11KeyProviderTests : KeyStoreContract
{
    private readonly string _folder = TestFolder.Create();
    private readonly string _token = $"t{Guid.NewGuid():N}"[..16];

    protected override string Key => $"pkcs11:token={_token};object=team%20a";

    protected override string AbsentKey => $"pkcs11:token={_token};object=other";

    private string PinFile => Path.Combine(_folder, "pin");

    public override ValueTask InitializeAsync()
    {
        Tool.RequireFile(SoftHsm.Library, "SoftHSM");
        SoftHsm.CreateToken(_token);
        SoftHsm.Use(_token, _ => 0);
        SoftHsm.CreateKey(_token, "team a", 1);
        File.WriteAllText(PinFile, SoftHsm.Pin + "\n");
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected override IKeyProvider Open() => Open(new { library = SoftHsm.Library, token = _token, pinFile = "pin" });

    private Pkcs11KeyProvider Open(object options) =>
        Pkcs11KeyProvider.Open(new KeyStoreEntry("hsm", JsonSerializer.SerializeToElement(options), _folder, new EgressGuard([]), TimeProvider.System));

    protected override Task RotateAsync() => Done(() => SoftHsm.CreateKey(_token, "team a", 2));

    protected override Task RevokeAsync() => Done(() => SoftHsm.Allow(_token, "team a", isAllowed: false));

    protected override Task RestoreAsync() => Done(() => SoftHsm.Allow(_token, "team a", isAllowed: true));

    protected override Task GoAwayAsync() => Done(() => Directory.Move(SoftHsm.Tokens, SoftHsm.Tokens + ".away"));

    protected override Task ComeBackAsync() => Done(() => Directory.Move(SoftHsm.Tokens + ".away", SoftHsm.Tokens));

    protected override Task ExchangeAsync() => Done(() =>
    {
        SoftHsm.DestroyKey(_token, "team a");
        SoftHsm.CreateKey(_token, "team a", 1);
    });

    private static Task Done(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Wrap_TokenThatOnlyWrapsKeys_IsBoundToItsContextToo()
    {
        SoftHsm.CreateKey(_token, "wraps", 1, encrypts: false);
        var provider = Open();
        var version = await provider.DescribeAsync(provider.TryParse($"pkcs11:token={_token};object=wraps")!, Cancellation);
        var wrapped = await provider.WrapAsync(version, new byte[32], new byte[] { 1 }, Cancellation);
        Assert.Equal(new byte[32], await provider.UnwrapAsync(wrapped, new byte[] { 1 }, Cancellation));
        Assert.Equal(KeyFailure.Damaged, (await Assert.ThrowsAsync<KeyUnavailableException>(() => provider.UnwrapAsync(wrapped, new byte[] { 2 }, Cancellation))).Failure);
    }

    [Fact]
    public async Task Unwrap_KeyDestroyedAndMadeAgainWithItsValue_WorksAgain()
    {
        var value = RandomNumberGenerator.GetBytes(32);
        SoftHsm.CreateKey(_token, "backup", 7, value);
        var provider = Open();
        var version = await provider.DescribeAsync(provider.TryParse($"pkcs11:token={_token};object=backup")!, Cancellation);
        var wrapped = await provider.WrapAsync(version, new byte[32], new byte[] { 1 }, Cancellation);
        SoftHsm.DestroyKey(_token, "backup");
        Assert.Equal(KeyFailure.Refused, (await Assert.ThrowsAsync<KeyUnavailableException>(() => provider.UnwrapAsync(wrapped, new byte[] { 1 }, Cancellation))).Failure);
        SoftHsm.CreateKey(_token, "backup", 7, value);
        Assert.Equal(new byte[32], await provider.UnwrapAsync(wrapped, new byte[] { 1 }, Cancellation));
    }

    [Fact]
    public async Task Describe_LibraryThatIsNotThere_IsUnreachable()
    {
        var provider = Open(new { library = "/nowhere/lib.so", token = _token, pinFile = "pin" });
        Assert.Equal(KeyFailure.Unreachable, (await Assert.ThrowsAsync<KeyUnavailableException>(() => provider.DescribeAsync(provider.TryParse(Key)!, Cancellation))).Failure);
    }

    [Theory]
    [InlineData("pkcs11:token={0};object=a;pin-value=1")]
    [InlineData("pkcs11:token={0};object=a?pin-value=1")]
    [InlineData("pkcs11:token={0};object=a;object=b")]
    [InlineData("pkcs11:token={0};object=a;type=private")]
    [InlineData("pkcs11:token={0};object=")]
    [InlineData("pkcs11:token={0};object=a;id=")]
    [InlineData("pkcs11:token={0};object=%4")]
    [InlineData("pkcs11:token={0}")]
    public void TryParse_MoreOrLessThanAKey_IsNone(string identifier) => Assert.Null(Open().TryParse(string.Format(null, identifier, _token)));

    [Fact]
    public void TryParse_OtherSpelling_IsTheSameKey() =>
        Assert.Equal(new KeyReference(Key, "0a"), Open().TryParse($"pkcs11:id=%0A;type=secret-key;object=%74eam%20a;token={_token}"));

    [Theory]
    [InlineData("""{"library":"lib.so","token":"t","pinFile":"pin"}""")]
    [InlineData("""{"library":"/lib.so","token":"","pinFile":"pin"}""")]
    [InlineData("""{"library":"/lib.so","token":"t"}""")]
    [InlineData("""{"library":"/lib.so","token":"t","pinFile":"pin","pin":"1234"}""")]
    [InlineData("""{"library":"/lib.so","token":"t","pinFile":"pin","sessions":0}""")]
    public void Open_OptionsThatCannotBeUsed_Throws(string options) => Assert.Throws<JsonException>(() => Open(JsonSerializer.Deserialize<JsonElement>(options)));
}
