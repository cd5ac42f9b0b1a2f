using Breakwater.Core.Storage;

namespace Breakwater.Contracts.Tests.Storage;

/// <summary>What every object store must do. A driver passes by a subclass that opens it on an empty store.</summary>
public abstract class BlobDriverContract
{
    private readonly Guid _id = Guid.NewGuid();

    /// <summary>The store of this test, opened anew.</summary>
    protected abstract IBlobDriver Open();

    /// <summary>The store of this test, as an installation of another id opens it.</summary>
    protected abstract IBlobDriver OpenAsAnother();

    /// <summary>Takes away what the store is known by.</summary>
    protected abstract void RemoveMarker();

    protected static byte[] Content(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    protected static async Task WriteAsync(IBlobDriver driver, Guid id, byte[] content)
    {
        using var writer = driver.Create(id);
        writer.Write(content);
        await writer.CompleteAsync();
    }

    private static byte[] ReadAll(IBlobReader reader)
    {
        var bytes = new byte[reader.Length];
        Assert.Equal(bytes.Length, reader.Read(0, bytes));
        return bytes;
    }

    [Fact]
    public async Task Create_IdInUse_ThrowsAndKeepsTheFirst()
    {
        var driver = Open();
        await WriteAsync(driver, _id, Content(100));
        Assert.ThrowsAny<IOException>(() => driver.Create(_id));
        using var reader = driver.Open(_id)!;
        Assert.Equal(Content(100), ReadAll(reader));
    }

    [Fact]
    public void Create_IdBeingWritten_Throws()
    {
        var driver = Open();
        using var writer = driver.Create(_id);
        Assert.ThrowsAny<IOException>(() => driver.Create(_id));
    }

    [Fact]
    public async Task Create_ManyAtOnce_OneWins()
    {
        var driver = Open();
        var won = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            try
            {
                driver.Create(_id).Dispose();
                Interlocked.Increment(ref won);
            }
            catch (IOException)
            {
                // Lost.
            }
        })));
        Assert.Equal(1, won);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(9 << 20)]
    public async Task Complete_ThenOpenedAnew_IsWhole(int length)
    {
        await WriteAsync(Open(), _id, Content(length));
        using var reader = Open().Open(_id)!;
        Assert.Equal(length, reader.Length);
        Assert.Equal(Content(length), ReadAll(reader));
    }

    [Fact]
    public async Task Write_InPieces_KeepsTheirOrder()
    {
        var driver = Open();
        using (var writer = driver.Create(_id))
        {
            foreach (var piece in Content(10_000).Chunk(777))
                writer.Write(piece);
            writer.Write([]);
            await writer.CompleteAsync();
        }
        using var reader = driver.Open(_id)!;
        Assert.Equal(Content(10_000), ReadAll(reader));
    }

    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(500, 500, 500)]
    [InlineData(999, 10, 1)]
    [InlineData(1000, 10, 0)]
    [InlineData(5000, 10, 0)]
    [InlineData(0, 2000, 1000)]
    public async Task Read_Range_GivesWhatIsThere(long offset, int count, int expected)
    {
        var driver = Open();
        await WriteAsync(driver, _id, Content(1000));
        using var reader = driver.Open(_id)!;
        var buffer = new byte[count];
        Assert.Equal(expected, reader.Read(offset, buffer));
        Assert.Equal(Content(1000).Skip((int)offset).Take(count), buffer.Take(expected));
    }

    [Fact]
    public async Task Delete_WhileOpen_StaysReadable()
    {
        var driver = Open();
        await WriteAsync(driver, _id, Content(300_000));
        using var reader = driver.Open(_id)!;
        driver.Delete(_id);
        Assert.Null(driver.Open(_id));
        Assert.Equal(Content(300_000), ReadAll(reader));
    }

    [Fact]
    public void OpenAndDelete_AbsentObject_AnswerNothing()
    {
        var driver = Open();
        Assert.Null(driver.Open(_id));
        driver.Delete(_id);
    }

    [Fact]
    public async Task List_SomeObjects_GivesEachOnce()
    {
        var driver = Open();
        var sizes = Enumerable.Range(1, 20).ToDictionary(_ => Guid.NewGuid(), size => (long)size);
        foreach (var (id, size) in sizes)
            await WriteAsync(driver, id, Content((int)size));
        Assert.Equal(sizes, driver.List().ToDictionary(o => o.Id, o => o.Length));
    }

    [Fact]
    public void List_ObjectsThatGoMeanwhile_DoesNotFail()
    {
        var driver = Open();
        for (var i = 0; i < 300; i++)
            driver.Create(NeighbourOf(_id, i)).Dispose();
        var seen = 0;
        foreach (var item in driver.List())
        {
            seen++;
            for (var i = 0; i < 300; i++)
                driver.Delete(NeighbourOf(_id, i));
        }
        Assert.InRange(seen, 1, 300);
    }

    [Fact]
    public void Probe_OwnStore_FindsNothing() => Assert.Null(Open().Probe());

    [Fact]
    public void Open_StoreOfAnother_Refuses() => Assert.Throws<WrongVolumeException>(OpenAsAnother);

    [Fact]
    public void Probe_MarkerGone_Tells()
    {
        var driver = Open();
        RemoveMarker();
        Assert.NotNull(driver.Probe());
        Assert.Throws<WrongVolumeException>(Open);
    }

    // Ids that end alike, so that a store that sorts by the end keeps them together.
    private static Guid NeighbourOf(Guid id, int number) => Guid.ParseExact(number.ToString("x8") + id.ToString("N")[8..], "N");
}
