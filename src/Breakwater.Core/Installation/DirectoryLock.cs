namespace Breakwater.Core.Installation;

/// <summary>Held by the one process that uses a data directory; the system lets go of it when the process ends, however it ends.</summary>
public sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <returns>Null when another process holds it.</returns>
    public static DirectoryLock? TryTake(DataDirectory directory)
    {
        try
        {
            return new DirectoryLock(new FileStream(directory.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(directory.LockFile))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
