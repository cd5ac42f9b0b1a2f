namespace Breakwater.Core.Storage;

/// <summary>Keeps a reserve of free space, asked for at most every 100 ms.</summary>
internal sealed class FreeSpace(string path, long minFreeBytes)
{
    private const long RefreshMilliseconds = 100;

    // Of the volume.
    private const int ShareForPushes = 20;

    private readonly DriveInfo _drive = new(path);
    private long _lookedAt = -RefreshMilliseconds;
    private long _freeBytes;

    /// <inheritdoc cref="IBlobDriver.HasRoomFor"/>
    public bool HasRoomFor(long bytes) => _drive.AvailableFreeSpace - bytes > minFreeBytes + _drive.TotalSize / ShareForPushes;

    /// <exception cref="DiskFullException">Less than the reserve is free.</exception>
    public void Demand()
    {
        var now = Environment.TickCount64;
        if (now - Volatile.Read(ref _lookedAt) >= RefreshMilliseconds)
        {
            Volatile.Write(ref _freeBytes, _drive.AvailableFreeSpace);
            Volatile.Write(ref _lookedAt, now);
        }
        var free = Volatile.Read(ref _freeBytes);
        if (free < minFreeBytes)
            throw new DiskFullException(path, free);
    }
}
