using System.Security.Cryptography;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Tests.Keys;

public sealed class KeyTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private readonly Guid _owner = Guid.NewGuid();
    private SqliteDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_folder, "service.key");

    public ValueTask InitializeAsync()
    {
        KeyFileProvider.Create(KeyFile);
        _database = SqliteDatabase.Open(Path.Combine(_folder, "metadata.db"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private KeyRing Ring() => new(_database, KeyFileProvider.Open(KeyFile), TimeProvider.System);

    private static byte[] Derived(RootKey key)
    {
        var bytes = new byte[32];
        key.Derive([1], [2], bytes);
        return bytes;
    }

    [Fact]
    public void Create_FileExists_ThrowsAndKeepsIt()
    {
        var before = File.ReadAllBytes(KeyFile);
        Assert.ThrowsAny<IOException>(() => KeyFileProvider.Create(KeyFile));
        Assert.Equal(before, File.ReadAllBytes(KeyFile));
    }

    [Fact]
    public void Create_File_IsForItsOwnerOnly()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"versions":[]}""")]
    [InlineData("""{"versions":[{"version":"k1","key":"AAAA"}]}""")]
    [InlineData("""{"versions":null}""")]
    [InlineData("{}")]
    [InlineData("""{"versions":[{"version":"k1"}]}""")]
    public void Open_NotAKeyFile_IsUnavailable(string text)
    {
        File.WriteAllText(KeyFile, text);
        Assert.Throws<KeyUnavailableException>(() => KeyFileProvider.Open(KeyFile));
    }

    [Fact]
    public void Open_NoFile_IsUnavailable() => Assert.Throws<KeyUnavailableException>(() => KeyFileProvider.Open(KeyFile + ".none"));

    [Fact]
    public async Task Ring_OpenedAnew_GivesTheSameKey()
    {
        await Ring().CreateAsync(_owner, Cancellation);
        var one = await Ring().CurrentAsync(_owner, Cancellation);
        Assert.Equal(Derived(one), Derived(await Ring().GetAsync(_owner, 1, Cancellation)));
    }

    [Fact]
    public async Task Ring_TwoOwners_HaveKeysOfTheirOwn()
    {
        var (ring, another) = (Ring(), Guid.NewGuid());
        await ring.CreateAsync(_owner, Cancellation);
        await ring.CreateAsync(another, Cancellation);
        Assert.NotEqual(Derived(await ring.CurrentAsync(_owner, Cancellation)), Derived(await ring.CurrentAsync(another, Cancellation)));
    }

    [Fact]
    public async Task Ring_AnotherKeyFile_IsUnavailable()
    {
        await Ring().CreateAsync(_owner, Cancellation);
        File.Delete(KeyFile);
        KeyFileProvider.Create(KeyFile);
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await Ring().CurrentAsync(_owner, Cancellation));
    }

    [Theory]
    [InlineData("UPDATE root_key SET wrapped = zeroblob(60)")]
    [InlineData("UPDATE root_key SET check_value = zeroblob(4)")]
    [InlineData("UPDATE root_key SET provider = 'other'")]
    [InlineData("UPDATE root_key SET epoch = 2")]
    [InlineData("DELETE FROM root_key")]
    public async Task Ring_RowChanged_IsUnavailable(string sql)
    {
        await Ring().CreateAsync(_owner, Cancellation);
        await _database.WriteAsync(db => db.Execute(sql));
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await Ring().CurrentAsync(_owner, Cancellation));
    }

    [Fact]
    public async Task Ring_RowsOfTwoOwnersExchanged_IsUnavailable()
    {
        var another = Guid.NewGuid();
        await Ring().CreateAsync(_owner, Cancellation);
        await _database.WriteAsync(db => db.Execute("UPDATE root_key SET owner_id = @another", new { another }));
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await Ring().CurrentAsync(another, Cancellation));
    }

    [Fact]
    public async Task Box_OtherPurposeRowOrBytes_Throws()
    {
        var ring = Ring();
        await ring.CreateAsync(_owner, Cancellation);
        var (box, row, secret) = (new SecretBox(ring, _owner), Guid.NewGuid(), new byte[] { 1, 2, 3 });
        var sealedValue = await box.SealAsync("t.c", row, secret, Cancellation);

        Assert.Equal(secret, await box.OpenAsync("t.c", row, sealedValue, Cancellation));
        Assert.NotEqual(sealedValue, await box.SealAsync("t.c", row, secret, Cancellation));
        await AssertRefusedAsync(() => box.OpenAsync("t.d", row, sealedValue, Cancellation));
        await AssertRefusedAsync(() => box.OpenAsync("t.c", Guid.NewGuid(), sealedValue, Cancellation));
        await AssertRefusedAsync(() => box.OpenAsync("t.c", row, sealedValue.AsMemory(..^1), Cancellation));
        await AssertRefusedAsync(() => box.OpenAsync("t.c", row, sealedValue.AsMemory(..10), Cancellation));
        for (var i = 4; i < sealedValue.Length; i++)
        {
            var changed = (byte[])sealedValue.Clone();
            changed[i] ^= 1;
            await AssertRefusedAsync(() => box.OpenAsync("t.c", row, changed, Cancellation));
        }

        static async Task AssertRefusedAsync(Func<ValueTask<byte[]>> open) =>
            await Assert.ThrowsAnyAsync<CryptographicException>(async () => await open());
    }
}
