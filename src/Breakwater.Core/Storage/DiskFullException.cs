namespace Breakwater.Core.Storage;

/// <summary>The free space is below the reserve that keeps the database writable.</summary>
public sealed class DiskFullException(string path, long freeBytes) : IOException($"Only {freeBytes} bytes are free on {path}.");
