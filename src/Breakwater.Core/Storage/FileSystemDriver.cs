namespace Breakwater.Core.Storage;

/// <summary>Objects as files.</summary>
/// <remarks>
/// <code>
/// objects/
///   marker            the installation's id; without it nothing is read or written here
///   00/ … ff/         exist from the start; the last two hexadecimal digits of the object's id
///     [id, 32 hex]    one sealed object, written in place
/// </code>
/// </remarks>
public sealed class FileSystemDriver : IBlobDriver, IDisposable
{
    internal const string MarkerName = "marker";

    private readonly string _root;
    private readonly string _marker;
    private readonly SyncThreads _sync = new();

    private readonly FreeSpace _space;

    private FileSystemDriver(string root, Guid installationId, long minFreeBytes)
    {
        _root = root;
        _space = new FreeSpace(root, minFreeBytes);
        _marker = installationId.ToString("N");
    }

    /// <summary>Lays out an empty store. Throws when there is one.</summary>
    public static void Create(string root, Guid installationId)
    {
        Directory.CreateDirectory(root);
        for (var i = 0; i < 256; i++)
            Directory.CreateDirectory(Path.Combine(root, i.ToString("x2")));
        DurableFile.SyncDirectory(root);
        DurableFile.WriteNew(Path.Combine(root, MarkerName), System.Text.Encoding.ASCII.GetBytes(installationId.ToString("N")));
    }

    /// <param name="minFreeBytes">New objects are refused when less is free: deletions and the database must still work.</param>
    /// <exception cref="WrongVolumeException">The folder is not this installation's store.</exception>
    public static FileSystemDriver Open(string root, Guid installationId, long minFreeBytes)
    {
        var driver = new FileSystemDriver(root, installationId, minFreeBytes);
        return driver.Probe() is { } problem ? throw new WrongVolumeException(problem) : driver;
    }

    public IBlobWriter Create(Guid id) => new FileWriter(PathOf(id), _sync, _space);

    public IBlobReader? Open(Guid id)
    {
        try
        {
            return new FileReader(PathOf(id));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(Guid id) => File.Delete(PathOf(id));

    public IEnumerable<StoredObject> List()
    {
        // The store's own folders only: a volume has others, such as lost+found, that may not even be readable.
        foreach (var directory in Enumerable.Range(0, 256).Select(FolderOf).Where(d => d.Exists))
        {
            foreach (var file in directory.EnumerateFiles())
            {
                if (Guid.TryParseExact(file.Name, "N", out var id) && Describe(id, file) is { } found)
                    yield return found;
            }
        }
    }

    public bool HasRoomFor(long bytes) => _space.HasRoomFor(bytes);

    public string? Probe()
    {
        var path = Path.Combine(_root, MarkerName);
        try
        {
            return File.ReadAllText(path) == _marker
                ? null
                : $"The object store {_root} belongs to another installation. Mount the volume of this one.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The object store {_root} has no readable marker: the volume is missing, empty or not this installation's. Mount the right one, or restore a backup.";
        }
    }

    public void Dispose() => _sync.Dispose();

    private DirectoryInfo FolderOf(int number) => new(Path.Combine(_root, number.ToString("x2")));

    private static StoredObject? Describe(Guid id, FileInfo file)
    {
        try
        {
            return new StoredObject(id, file.Length, file.LastWriteTimeUtc);
        }
        catch (FileNotFoundException)
        {
            // Deleted since its name was read.
            return null;
        }
    }

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return string.Concat(_root, "/", name.AsSpan(30, 2), "/") + name;
    }
}
