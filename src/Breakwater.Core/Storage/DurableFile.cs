using Microsoft.Win32.SafeHandles;

namespace Breakwater.Core.Storage;

/// <summary>Files that survive power loss once a call has returned.</summary>
/// <remarks>
/// .NET on Linux reports success when <c>fsync</c> fails and cannot fsync a directory; these calls check both. A failed fsync is final:
/// the kernel may have dropped the pages, so the file must be discarded.
/// </remarks>
public static class DurableFile
{
    /// <exception cref="IOException">The data may not be on the disk.</exception>
    public static void Sync(SafeFileHandle file, string path)
    {
        var error = Posix.Fsync((int)file.DangerousGetHandle());
        GC.KeepAlive(file);
        ThrowIf(error, "fsync", path);
    }

    /// <exception cref="IOException">The directory's entries may not be on the disk.</exception>
    public static void SyncDirectory(string path) => ThrowIf(Posix.FsyncDirectory(path), "fsync", path);

    /// <summary>Replaces <paramref name="to"/> in one step and makes the change durable.</summary>
    public static void Rename(string from, string to)
    {
        ThrowIf(Posix.Rename(from, to), "rename", to);
        SyncDirectory(Path.GetDirectoryName(to)!);
    }

    /// <summary>Creates a file that only its owner may read. Throws when it exists.</summary>
    public static void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        using (var file = new FileStream(path, OwnerOnly(FileMode.CreateNew)))
        {
            file.Write(content);
            file.Flush();
            Sync(file.SafeFileHandle, path);
        }
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Replaces a file as a whole: a reader sees the old content or the new.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        WriteNew(temporary, content);
        Rename(temporary, path);
    }

    private static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static void ThrowIf(int error, string call, string path)
    {
        if (error != 0)
            throw new IOException($"{call} failed on {path}: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)} ({error})", error);
    }
}
