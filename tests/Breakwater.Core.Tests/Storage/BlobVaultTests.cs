using Breakwater.Core.Keys;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Tests.Storage;

public sealed class BlobVaultTests(VaultFixture fixture) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public async Task Open_FilesOfTwoObjectsExchanged_IsCorrupt()
    {
        var (one, two) = (await fixture.StoreAsync(Content(1000)), await fixture.StoreAsync(Content(1000, seed: 2)));
        (fixture.Driver.Objects[one.Id], fixture.Driver.Objects[two.Id]) = (fixture.Driver.Objects[two.Id], fixture.Driver.Objects[one.Id]);
        await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(one, 0, 1000));
        await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(two, 0, 1000));
    }

    [Fact]
    public async Task Open_BodiesUnderExchangedHeaders_AreCorrupt()
    {
        var (one, two) = (await fixture.StoreAsync(Content(1000)), await fixture.StoreAsync(Content(1000)));
        var (first, second) = (fixture.Driver.Objects[one.Id], fixture.Driver.Objects[two.Id]);
        fixture.Driver.Objects[one.Id] = [.. first[..ObjectHeader.Size], .. second[ObjectHeader.Size..]];
        await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(one, 0, 1000));
    }

    [Fact]
    public async Task Open_OfAnotherRegistry_IsCorrupt()
    {
        var item = await fixture.StoreAsync(Content(1000));
        await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(item with { RegistryId = fixture.Another }, 0, 1000));
    }

    [Fact]
    public async Task Open_HeaderMovedToAnotherRegistry_IsCorrupt()
    {
        var item = await fixture.StoreAsync(Content(1000));
        fixture.Another.TryWriteBytes(fixture.Driver.Objects[item.Id].AsSpan(12));
        await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(item with { RegistryId = fixture.Another }, 0, 1000));
    }

    [Fact]
    public async Task Open_OfAnEpochWithoutKey_IsUnavailable()
    {
        var item = await fixture.StoreAsync(Content(1000));
        await Assert.ThrowsAsync<KeyUnavailableException>(() => fixture.ReadAsync(item with { Epoch = 2 }, 0, 1000));
    }

    [Fact]
    public async Task Open_FileGone_IsCorrupt()
    {
        var item = await fixture.StoreAsync(Content(10));
        fixture.Driver.Delete(item.Id);
        await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(item, 0, 10));
    }

    [Fact]
    public async Task VerifyEnd_EmptyObjectChanged_IsCorrupt()
    {
        var item = await fixture.StoreAsync([]);
        fixture.Driver.Objects[item.Id][^1] ^= 1;
        using var reader = await fixture.Vault.OpenAsync(item, Cancellation);
        Assert.Throws<CorruptObjectException>(reader.VerifyEnd);
    }

    [Fact]
    public async Task Read_BeyondTheEnd_GivesNothing()
    {
        var item = await fixture.StoreAsync(Content(Segments.PlainSize));
        using var reader = await fixture.Vault.OpenAsync(item, Cancellation);
        Assert.Equal(0, reader.Read(Segments.PlainSize, new byte[10]));
        Assert.Equal(0, reader.Read(10L << 20, new byte[10]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(65_535, 0)]
    [InlineData(65_552, 1)]
    [InlineData(200_000, 3)]
    public async Task OpenUnfinished_CutOffAnywhere_GivesTheWholeSegments(int bodyLength, int expected)
    {
        var content = Content(400_000);
        var item = await fixture.StoreAsync(content);
        fixture.Driver.Objects[item.Id] = fixture.Driver.Objects[item.Id][..(ObjectHeader.Size + bodyLength)];
        using var reader = await fixture.Vault.OpenUnfinishedAsync(item.RegistryId, item.Id, item.Epoch, Cancellation);
        Assert.Equal(expected, reader!.CountWholeSegments());
        var plain = new byte[Segments.PlainSize];
        for (var i = 0; i < expected; i++)
        {
            Assert.True(reader.TryReadWholeSegment(i, plain));
            Assert.True(plain.AsSpan().SequenceEqual(content.AsSpan(i * Segments.PlainSize, Segments.PlainSize)));
        }
    }

    [Fact]
    public async Task OpenUnfinished_NotEvenAHeader_IsNull()
    {
        var item = await fixture.StoreAsync(Content(10));
        fixture.Driver.Objects[item.Id] = fixture.Driver.Objects[item.Id][..50];
        Assert.Null(await fixture.Vault.OpenUnfinishedAsync(item.RegistryId, item.Id, item.Epoch, Cancellation));
        Assert.Null(await fixture.Vault.OpenUnfinishedAsync(item.RegistryId, Guid.NewGuid(), item.Epoch, Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public async Task Row_SealedAndOpened_IsTheSame(int length)
    {
        var row = await fixture.Vault.SealAsync(fixture.Registry, Content(length), Cancellation);
        Same.Bytes(Content(length), await fixture.Vault.OpenAsync(fixture.Registry, row, Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(65_536)]
    [InlineData(150_000)]
    public async Task Row_ChangedInAnyWay_IsCorrupt(int length)
    {
        var row = await fixture.Vault.SealAsync(fixture.Registry, Content(length), Cancellation);
        var random = new Random(length);
        for (var i = 0; i < 60; i++)
        {
            var flipped = (byte[])row.Bytes.Clone();
            flipped[i < 30 ? random.Next(ObjectHeader.Size) : random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            await AssertCorruptAsync(row with { Bytes = flipped });
            await AssertCorruptAsync(row with { Bytes = row.Bytes[..random.Next(row.Bytes.Length)] });
        }
        await AssertCorruptAsync(row with { Bytes = [.. row.Bytes, 1] });
        await AssertCorruptAsync(row with { Bytes = [.. row.Bytes, .. new byte[Segments.SealedSize]] });
        await AssertCorruptAsync(row with { Bytes = [] });
        await AssertCorruptAsync(row with { Id = Guid.NewGuid() });
        await Assert.ThrowsAsync<CorruptObjectException>(async () => await fixture.Vault.OpenAsync(fixture.Another, row, Cancellation));
    }

    [Fact]
    public async Task Row_BytesOfAnotherRow_IsCorrupt()
    {
        var one = await fixture.Vault.SealAsync(fixture.Registry, Content(100), Cancellation);
        var two = await fixture.Vault.SealAsync(fixture.Registry, Content(100), Cancellation);
        Assert.NotEqual(one.Bytes, two.Bytes);
        await AssertCorruptAsync(one with { Bytes = two.Bytes });
    }

    private async Task AssertCorruptAsync(SealedRow row) =>
        await Assert.ThrowsAsync<CorruptObjectException>(async () => await fixture.Vault.OpenAsync(fixture.Registry, row, Cancellation));
}
