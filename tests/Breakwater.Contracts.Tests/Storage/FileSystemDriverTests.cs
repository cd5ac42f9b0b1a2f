using Breakwater.Core.Storage;

namespace Breakwater.Contracts.Tests.Storage;

public sealed class FileSystemDriverTests : BlobDriverContract, IDisposable
{
    private readonly string _folder = TestFolder.Create();
    private readonly Guid _installation = Guid.NewGuid();
    private readonly List<FileSystemDriver> _opened = [];

    public FileSystemDriverTests() => FileSystemDriver.Create(Root, _installation);

    private string Root => Path.Combine(_folder, "objects");

    public void Dispose()
    {
        _opened.ForEach(d => d.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    protected override IBlobDriver Open() => Open(_installation, minFreeBytes: 0);

    protected override IBlobDriver OpenAsAnother() => Open(Guid.NewGuid(), minFreeBytes: 0);

    protected override void RemoveMarker() => File.Delete(Path.Combine(Root, "marker"));

    [Fact]
    public void Create_StoreExists_Throws() => Assert.ThrowsAny<IOException>(() => FileSystemDriver.Create(Root, Guid.NewGuid()));

    [Fact]
    public void Open_EmptyFolder_Refuses()
    {
        RemoveMarker();
        Directory.Delete(Root, recursive: true);
        Directory.CreateDirectory(Root);
        Assert.Throws<WrongVolumeException>(Open);
    }

    [Fact]
    public void Create_LessFreeThanTheReserve_ThrowsDiskFull()
    {
        var driver = Open(_installation, minFreeBytes: long.MaxValue);
        Assert.Throws<DiskFullException>(() => driver.Create(Guid.NewGuid()));
    }

    [Fact]
    public void List_FoldersThatAreNotTheStores_AreNotEntered()
    {
        var foreign = Directory.CreateDirectory(Path.Combine(Root, "lost+found")).FullName;
        File.WriteAllText(Path.Combine(foreign, Guid.NewGuid().ToString("N")), "x");
        Assert.Empty(Open().List());
    }

    [Fact]
    public async Task Complete_Object_LiesWhereTheLayoutSays()
    {
        var id = Guid.NewGuid();
        await WriteAsync(Open(), id, Content(10));
        Assert.True(File.Exists(Path.Combine(Root, id.ToString("N")[30..], id.ToString("N"))));
    }

    private FileSystemDriver Open(Guid installation, long minFreeBytes)
    {
        var driver = FileSystemDriver.Open(Root, installation, minFreeBytes);
        _opened.Add(driver);
        return driver;
    }
}
