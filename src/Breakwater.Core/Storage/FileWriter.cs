using Microsoft.Win32.SafeHandles;

namespace Breakwater.Core.Storage;

internal sealed class FileWriter : IBlobWriter
{
    // Writeback starts this often, so that the fsync at the end of a large object finds most of it on the disk.
    private const long WritebackStep = 2 << 20;

    private readonly string _path;
    private readonly SyncThreads _sync;
    private readonly FreeSpace _space;
    private readonly SafeFileHandle _file;
    private long _length;
    private long _writtenBack;

    public FileWriter(string path, SyncThreads sync, FreeSpace space)
    {
        space.Demand();
        _path = path;
        _sync = sync;
        _space = space;
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _length);
        _length += bytes.Length;
        if (_length - _writtenBack < WritebackStep)
            return;
        _space.Demand();
        Posix.StartWriteback((int)_file.DangerousGetHandle(), _writtenBack, _length - _writtenBack);
        _writtenBack = _length;
    }

    public Task CompleteAsync() => _sync.RunAsync(Complete);

    public void Dispose() => _file.Dispose();

    private void Complete()
    {
        DurableFile.Sync(_file, _path);
        DurableFile.SyncDirectory(Path.GetDirectoryName(_path)!);
    }
}
