using Breakwater.Core.Storage;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Storage;

[Properties(Arbitrary = [typeof(VaultContents)], MaxTest = 60)]
public sealed class BlobVaultProperties(VaultFixture fixture) : IClassFixture<VaultFixture>
{
    [Property]
    public async Task Write_AnyPieces_ReadsBackTheSame(VaultContent content)
    {
        var bytes = content.Bytes();
        var item = await fixture.StoreAsync(bytes, content.Piece);
        Assert.Equal(bytes.Length, item.SizeBytes);
        Assert.Equal(Segments.SealedLength(bytes.Length), fixture.Driver.Objects[item.Id].Length);
        Same.Bytes(bytes.AsMemory(), await fixture.ReadAsync(item, 0, bytes.Length));
        Same.Bytes(bytes.AsMemory(), await fixture.ReadStepsAsync(item, Math.Max(1000, content.Piece)));
    }

    [Property]
    public async Task Read_AnyRange_IsTheSlice(VaultContent content)
    {
        var bytes = content.Bytes();
        var item = await fixture.StoreAsync(bytes);
        for (var i = 0; i < 8; i++)
        {
            var start = content.Place(bytes.Length, i);
            var count = content.Place(bytes.Length - start, i + 100);
            Same.Bytes(bytes.AsMemory(start, count), await fixture.ReadAsync(item, start, count));
        }
    }

    [Property]
    public async Task Read_AnyByteFlipped_IsCorruptAndNeverWrong(VaultContent content)
    {
        var bytes = content.Bytes();
        var item = await fixture.StoreAsync(bytes);
        var stored = fixture.Driver.Objects[item.Id];
        // The whole header over the runs, and places in bodies and tags.
        int[] places = [content.Place(ObjectHeader.Size - 1, 1), content.Place(stored.Length - 1, 2), stored.Length - 1 - content.Place(15, 3)];
        foreach (var place in places)
        {
            var changed = (byte[])stored.Clone();
            changed[place] ^= (byte)(1 << content.Place(7, place));
            await AssertCorruptAsync(item, changed, bytes, content);
        }
    }

    [Property]
    public async Task Read_Truncated_IsCorrupt(VaultContent content)
    {
        var bytes = content.Bytes();
        var item = await fixture.StoreAsync(bytes);
        var stored = fixture.Driver.Objects[item.Id];
        foreach (var length in new[] { content.Place(stored.Length - 1, 1), stored.Length - 1, Math.Max(0, stored.Length - 16), ObjectHeader.Size })
            await AssertCorruptAsync(item, stored[..length], bytes, content);
        await AssertCorruptAsync(item, [.. stored, 0], bytes, content);
    }

    [Property]
    public async Task Read_TruncatedAtASegmentAndDatabaseToo_IsCorrupt(VaultContent content)
    {
        // Not even one who can write the size in the database passes a shorter object off: its last segment is not marked as the last.
        var bytes = content.Bytes();
        if (bytes.Length <= Segments.PlainSize)
            return;
        var item = await fixture.StoreAsync(bytes);
        var stored = fixture.Driver.Objects[item.Id];
        fixture.Driver.Objects[item.Id] = stored[..(ObjectHeader.Size + Segments.SealedSize)];
        await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(item with { SizeBytes = Segments.PlainSize }, 0, Segments.PlainSize));
    }

    [Property]
    public async Task Read_SegmentsExchanged_IsCorrupt(VaultContent content)
    {
        var bytes = content.Bytes();
        if (bytes.Length < 2 * Segments.PlainSize)
            return;
        var item = await fixture.StoreAsync(bytes);
        var stored = (byte[])fixture.Driver.Objects[item.Id].Clone();
        var (first, second) = (ObjectHeader.Size, ObjectHeader.Size + Segments.SealedSize);
        var copy = stored[first..second];
        Array.Copy(stored, second, stored, first, Segments.SealedSize);
        copy.CopyTo(stored, second);
        await AssertCorruptAsync(item, stored, bytes, content);
    }

    [Property(MaxTest = 30)]
    public async Task Write_EqualContent_DiffersAndShowsNothing(VaultContent content)
    {
        var bytes = content.Bytes();
        var one = fixture.Driver.Objects[(await fixture.StoreAsync(bytes)).Id];
        var two = fixture.Driver.Objects[(await fixture.StoreAsync(bytes)).Id];
        if (bytes.Length < 32)
            return;
        var part = bytes.AsSpan(0, 16);
        Assert.Equal(-1, one.AsSpan().IndexOf(part));
        Assert.False(one.AsSpan(ObjectHeader.Size).SequenceEqual(two.AsSpan(ObjectHeader.Size)));
    }

    // Every read either throws or gives the right bytes, and a whole read throws.
    private async Task AssertCorruptAsync(SealedObject item, byte[] changed, byte[] bytes, VaultContent content)
    {
        var right = fixture.Driver.Objects[item.Id];
        fixture.Driver.Objects[item.Id] = changed;
        try
        {
            await Assert.ThrowsAsync<CorruptObjectException>(() => fixture.ReadAsync(item, 0, bytes.Length));
            var start = content.Place(bytes.Length, 9);
            var count = content.Place(bytes.Length - start, 10);
            try
            {
                Same.Bytes(bytes.AsMemory(start, count), await fixture.ReadAsync(item, start, count));
            }
            catch (CorruptObjectException)
            {
                // As good.
            }
        }
        finally
        {
            fixture.Driver.Objects[item.Id] = right;
        }
    }
}
