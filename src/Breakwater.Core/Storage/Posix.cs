using System.Runtime.InteropServices;

namespace Breakwater.Core.Storage;

/// <summary>
/// The system calls that .NET lacks or whose errors it drops on Linux. They are looked up in the main program, not in the C library by
/// name, so that a library loaded before it (fault injection) stays in the way.
/// </summary>
internal static unsafe class Posix
{
    private static readonly delegate* unmanaged<int, int> FsyncCall = (delegate* unmanaged<int, int>)Find("fsync");
    private static readonly delegate* unmanaged<byte*, int, int, int> OpenCall = (delegate* unmanaged<byte*, int, int, int>)Find("open");
    private static readonly delegate* unmanaged<int, int> CloseCall = (delegate* unmanaged<int, int>)Find("close");
    private static readonly delegate* unmanaged<byte*, byte*, int> RenameCall = (delegate* unmanaged<byte*, byte*, int>)Find("rename");
    private static readonly delegate* unmanaged<int, long, long, uint, int> SyncRangeCall = FindOptional("sync_file_range");

    private static readonly delegate* unmanaged<uint, uint> UmaskCall = (delegate* unmanaged<uint, uint>)Find("umask");

    private const int ReadOnly = 0, CloseOnExec = 0x80000;
    private const uint SyncFileRangeWrite = 2;

    /// <summary>New files and folders of this process are its user's alone.</summary>
    public static void RestrictNewFiles() => UmaskCall(0b000_111_111);

    /// <returns>0, or the error number.</returns>
    public static int Fsync(int descriptor) => FsyncCall(descriptor) == 0 ? 0 : Marshal.GetLastSystemError();

    /// <returns>0, or the error number.</returns>
    public static int FsyncDirectory(string path)
    {
        int descriptor;
        fixed (byte* name = NullTerminated(path))
            descriptor = OpenCall(name, ReadOnly | CloseOnExec, 0);
        if (descriptor < 0)
            return Marshal.GetLastSystemError();
        var error = Fsync(descriptor);
        CloseCall(descriptor);
        return error;
    }

    /// <returns>0, or the error number.</returns>
    public static int Rename(string from, string to)
    {
        fixed (byte* source = NullTerminated(from))
        fixed (byte* target = NullTerminated(to))
            return RenameCall(source, target) == 0 ? 0 : Marshal.GetLastSystemError();
    }

    /// <summary>Starts writing dirty pages without waiting, so that the fsync at the end finds little left. A hint: its result does not matter.</summary>
    public static void StartWriteback(int descriptor, long offset, long count)
    {
        if (SyncRangeCall is not null)
            SyncRangeCall(descriptor, offset, count, SyncFileRangeWrite);
    }

    private static byte[] NullTerminated(string path) => System.Text.Encoding.UTF8.GetBytes(path + '\0');

    private static nint Find(string name) => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name);

    private static delegate* unmanaged<int, long, long, uint, int> FindOptional(string name) =>
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out var address)
            ? (delegate* unmanaged<int, long, long, uint, int>)address
            : null;
}
