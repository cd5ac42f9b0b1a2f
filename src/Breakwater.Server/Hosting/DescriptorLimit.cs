using System.Runtime.InteropServices;

namespace Breakwater.Server.Hosting;

/// <summary>The limit of open files and sockets that the system sets for this process.</summary>
internal static partial class DescriptorLimit
{
    /// <summary>What is assumed where there is no such limit (Windows).</summary>
    private const int Unlimited = 1 << 20;

    private static readonly int NoFile = OperatingSystem.IsMacOS() ? 8 : 7;

    /// <summary>Raises the soft limit to the hard one, as far as allowed.</summary>
    /// <returns>The limit now in force.</returns>
    public static int Raise()
    {
        if (OperatingSystem.IsWindows() || GetLimit(NoFile, out var limit) != 0)
            return Unlimited;
        var raised = limit with { Soft = Math.Min(limit.Hard, Unlimited) };
        if (raised.Soft > limit.Soft && SetLimit(NoFile, in raised) == 0)
            limit = raised;
        return (int)Math.Min(limit.Soft, Unlimited);
    }

    /// <summary>Descriptors in use now. Linux only.</summary>
    public static int Open() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(ulong Soft, ulong Hard);
}
