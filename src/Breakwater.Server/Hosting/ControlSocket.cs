namespace Breakwater.Server.Hosting;

/// <summary>The Unix socket in the data directory by which the program's subcommands reach the running server. Whoever may open it may command.</summary>
internal static class ControlSocket
{
    /// <summary>The kernel's limit for a socket's path, less its terminator: 108 on Linux, 104 on macOS.</summary>
    private const int LongestPathBytes = 103;

    /// <summary>Whether a socket can have this path.</summary>
    public static bool Fits(string path) => System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPathBytes;

    /// <summary>Removes the socket of a process that died. Only the holder of the data directory's lock may call it.</summary>
    public static void RemoveStale(string path) => File.Delete(path);

    /// <summary>Keeps other users out, once Kestrel has made the socket. Until then the folder's own mode does.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
