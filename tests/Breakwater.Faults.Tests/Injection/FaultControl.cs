using System.Buffers.Binary;
using System.Text;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Injection;

/// <summary>
/// The file through which a test arms faults in a running server. Layout (little endian): armed, ops, action, error, nth, persistent,
/// matched, fired, kind, reserved (32 bits each), then two texts of 256 bytes: path and exclude.
/// </summary>
public sealed class FaultControl : IDisposable
{
    private const int TextBytes = 256, MatchedOffset = 24, FiredOffset = 28, PathOffset = 40, Length = PathOffset + (2 * TextBytes);
    private readonly FileStream file;
    private readonly string library;

    private FaultControl(string library, string path)
    {
        this.library = library;
        Path = path;
        // The page cache is shared with the mapping of the other process, so plain writes are seen at once.
        file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        file.SetLength(Length);
    }

    public string Path { get; }

    /// <summary>The calls that matched since the fault was armed.</summary>
    public uint Matched => ReadNumber(MatchedOffset);

    /// <summary>The calls that were hit.</summary>
    public uint Fired => ReadNumber(FiredOffset);

    /// <summary>What a server needs in its environment.</summary>
    public Dictionary<string, string> Environment => new() { ["LD_PRELOAD"] = library, ["FAULTFS_CONTROL"] = Path };

    public static async Task<FaultControl> CreateAsync(TemporaryFolder folder)
    {
        var library = await FaultLibrary.BuildAsync(folder.Path);
        return new FaultControl(library, folder["faults.control"]);
    }

    public void Arm(Fault fault)
    {
        Disarm();
        var content = new byte[Length];
        uint[] numbers = [0, (uint)fault.Calls, (uint)fault.Action, (uint)fault.Error, fault.Nth, fault.Persistent ? 1u : 0u, 0, 0, (uint)fault.Kind, 0];
        for (var index = 0; index < numbers.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(index * 4), numbers[index]);
        Encoding.UTF8.GetBytes(fault.Path, content.AsSpan(PathOffset, TextBytes - 1));
        Encoding.UTF8.GetBytes(fault.Exclude, content.AsSpan(PathOffset + TextBytes, TextBytes - 1));
        Write(0, content);
        Write(0, [1, 0, 0, 0]);
    }

    public void Disarm() => Write(0, [0, 0, 0, 0]);

    private void Write(long offset, ReadOnlySpan<byte> content) => RandomAccess.Write(file.SafeFileHandle, content, offset);

    private uint ReadNumber(long offset)
    {
        Span<byte> number = stackalloc byte[4];
        RandomAccess.Read(file.SafeFileHandle, number, offset);
        return BinaryPrimitives.ReadUInt32LittleEndian(number);
    }

    public void Dispose() => file.Dispose();
}
