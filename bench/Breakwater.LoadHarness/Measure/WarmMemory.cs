using System.Globalization;

namespace Breakwater.LoadHarness.Measure;

/// <summary>
/// Keeps the machine's memory in use before a measurement that writes, by reading a large file into the page cache. A virtual machine gives
/// free memory back to its host after seconds, and to touch it again costs some 1.7 s per GB, more than all of a push: which server meets that,
/// and when, would decide the figures. With the memory full of clean pages a write takes one of those.
/// </summary>
internal sealed class WarmMemory(HarnessOptions options)
{
    private const long MostFree = 600 << 20, Reserve = 2L << 30;

    private readonly byte[] _buffer = new byte[4 << 20];
    private readonly string _path = Path.Combine(options.WorkFolder, "cache", "memory-fill");
    private long _position;

    /// <summary>Reads until little memory is free, at most the file once.</summary>
    public void Fill()
    {
        if (!OperatingSystem.IsLinux())
            return;
        if (!File.Exists(_path))
            Create();
        using var file = File.OpenHandle(_path);
        var length = RandomAccess.GetLength(file);
        for (long read = 0; read < length && Memory("MemFree") > MostFree; read += _buffer.Length)
        {
            RandomAccess.Read(file, _buffer, _position);
            _position = (_position + _buffer.Length) % length;
        }
    }

    private void Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var file = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write);
        var length = (Memory("MemAvailable") - Reserve) / _buffer.Length * _buffer.Length;
        Console.Error.WriteLine($"memory: writing {length >> 20} MiB to {_path}");
        // Not zeros: a file system or a host could keep those without memory.
        Random.Shared.NextBytes(_buffer);
        for (long at = 0; at < length; at += _buffer.Length)
            RandomAccess.Write(file, _buffer, at);
    }

    private static long Memory(string name)
    {
        var line = File.ReadLines("/proc/meminfo").First(l => l.StartsWith(name + ':', StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
