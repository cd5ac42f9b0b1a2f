using System.Security.Cryptography;
using Breakwater.Core.Tests.Identity;
using Breakwater.Core.Tokens;
using Dapper;

namespace Breakwater.Core.Tests.Tokens;

public sealed class SigningKeyRingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Load_AfterRestart_HasTheSameKeys()
    {
        await using var directory = await TestDirectory.CreateAsync();
        var box = await directory.CreateBoxAsync();
        var first = new SigningKeyRing(directory.Database, box, directory.Clock);
        var second = new SigningKeyRing(directory.Database, box, directory.Clock);

        await first.LoadAsync(None);
        await second.LoadAsync(None);

        Assert.Equal(first.Active.KeyId, second.Active.KeyId);
        Assert.Equal([SigningKeyState.Next, SigningKeyState.Active], second.All.Select(key => key.State).Order());
    }

    [Fact]
    public async Task Rotate_OldTokens_LiveAsLongAsTheyWould()
    {
        await using var test = await TestTokens.CreateAsync();
        var old = test.Issue();
        var next = test.Keys.All.Single(key => key.State == SigningKeyState.Next).KeyId;

        await test.Keys.RotateAsync(None);

        Assert.Equal(next, test.Keys.Active.KeyId);
        Assert.NotNull(await test.ValidateAsync(old));
        Assert.NotNull(await test.ValidateAsync(test.Issue()));
    }

    [Fact]
    public async Task Maintain_RetiredKeyWhoseTokensHaveExpired_IsDropped()
    {
        await using var test = await TestTokens.CreateAsync();
        await test.Keys.RotateAsync(None);

        await test.Keys.MaintainAsync(None);
        Assert.Equal(3, test.Keys.All.Count());
        test.Directory.Clock.Advance(TokenDefaults.LongestLifetime + TimeSpan.FromMinutes(3));
        await test.Keys.MaintainAsync(None);

        Assert.Equal([SigningKeyState.Next, SigningKeyState.Active], test.Keys.All.Select(key => key.State).Order());
    }

    [Fact]
    public async Task Maintain_OldActiveKey_IsReplaced()
    {
        await using var test = await TestTokens.CreateAsync();
        var before = test.Keys.Active.KeyId;

        await test.Keys.MaintainAsync(None);
        Assert.Equal(before, test.Keys.Active.KeyId);
        test.Directory.Clock.Advance(TimeSpan.FromDays(91));
        await test.Keys.MaintainAsync(None);

        Assert.NotEqual(before, test.Keys.Active.KeyId);
    }

    [Fact]
    public async Task Database_PrivateKeys_AreSealed()
    {
        await using var test = await TestTokens.CreateAsync();

        var stored = await test.Directory.Database.ReadAsync(db => db.QueryAsync<byte[]>("SELECT private_key FROM signing_key"));

        Assert.All(stored, bytes => Assert.ThrowsAny<CryptographicException>(() =>
        {
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(bytes.AsSpan(16, bytes.Length - 32), out _);
        }));
    }

    [Fact]
    public async Task Load_RowMovedToAnotherKey_IsRefused()
    {
        await using var test = await TestTokens.CreateAsync();
        await test.Directory.Database.WriteAsync(db => db.Execute(
            "UPDATE signing_key SET private_key = (SELECT private_key FROM signing_key WHERE state = 0) WHERE state = 1"));

        await Assert.ThrowsAnyAsync<CryptographicException>(() => test.Keys.LoadAsync(None));
    }
}
