using Breakwater.Core.Storage;

namespace Breakwater.Core.Installation;

/// <summary>Everything that an installation keeps.</summary>
/// <remarks>
/// <code>
/// installation.json   the installation's id; written last, so it says that all of this is complete
/// initializing        exists only while the first start lays all of this out
/// lock                held by the one process that uses the directory
/// metadata.db         SQLite, with -wal and -shm beside it
/// objects/            sealed content, see FileSystemDriver
/// keys/service.key    the key-encryption key, unless it is kept elsewhere
/// tls/                the local CA and the server's certificate
/// control.sock        through which commands reach the running server
/// </code>
/// </remarks>
public sealed class DataDirectory(string path, string? keyFile = null)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string InstallationFile => In("installation.json");

    public string InitializingFile => In("initializing");

    public string LockFile => In("lock");

    public string Database => In("metadata.db");

    public string Objects => In("objects");

    public string Keys => In("keys");

    public string KeyFile { get; } = System.IO.Path.GetFullPath(keyFile ?? System.IO.Path.Combine(path, "keys", "service.key"));

    public string Tls => In("tls");

    public string ControlSocket => In("control.sock");

    public bool IsInstalled => File.Exists(InstallationFile);

    /// <summary>Makes the directory itself, for its owner only. What this process creates from now on is its user's alone, also in a directory that was there.</summary>
    public void Create()
    {
        if (!OperatingSystem.IsWindows())
            Posix.RestrictNewFiles();
        Directory.CreateDirectory(Path);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
